package org.tunebench.train.category;

import java.util.List;
import java.util.Optional;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/**
 * The category of an example: the given one where it is one of the eight, or else the predicted one. Natural-instructions'
 * own Categories, for one, are finer and no such kind.
 */
public final class CategoryTags {
    private CategoryTags() {}

    /** A {@link Category}'s id, predicted from the first instruction where none is given; of raw text none: "". */
    public static String of(Example example) {
        String given = example.origin().category();
        Optional<Category> known = given == null ? Optional.empty() : Category.of(given);
        List<Exchange> exchanges = Exchange.of(example);
        if (known.isPresent() || exchanges.isEmpty()) {
            return known.map(Category::id).orElse("");
        }
        return CategoryModel.builtIn()
                .predict(exchanges.get(0).instruction())
                .category()
                .id();
    }

    /** The same example with that category in its origin; raw text as it is. */
    public static Example tagged(Example example) {
        String category = of(example);
        return category.isEmpty() ? example : example.with(example.origin().withCategory(category));
    }
}

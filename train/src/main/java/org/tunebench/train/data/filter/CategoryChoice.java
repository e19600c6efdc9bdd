package org.tunebench.train.data.filter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tunebench.train.category.Category;
import org.tunebench.train.category.CategoryTags;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code category}: keeps the examples of some of the paper's eight categories, or all but some. An example without
 * one of them is judged by the predicted one. Raw text passes.
 *
 * @param keep the categories to keep; left out, all
 * @param drop the categories to drop
 */
public record CategoryChoice(List<String> keep, List<String> drop) implements ExampleFilter {
    public CategoryChoice {
        keep = keep == null ? List.of() : List.copyOf(keep);
        drop = drop == null ? List.of() : List.copyOf(drop);
        if (keep.isEmpty() == drop.isEmpty()) {
            throw new IllegalArgumentException("a category filter needs either keep or drop");
        }
        Stream.concat(keep.stream(), drop.stream()).forEach(CategoryChoice::require);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return this::judge;
    }

    private Verdict judge(Example example) {
        if (example instanceof Example.RawText) {
            return Verdict.KEEP;
        }
        String category = CategoryTags.of(example);
        boolean listed = Stream.concat(keep.stream(), drop.stream())
                .anyMatch(name -> Category.of(name).map(Category::id).equals(Optional.of(category)));
        return listed == drop.isEmpty() ? Verdict.KEEP : Verdict.drop("is " + category);
    }

    private static void require(String name) {
        if (Category.of(name).isEmpty()) {
            throw new IllegalArgumentException(
                    "keep: unknown category '" + name + "'; known: " + String.join(", ", Category.ids()));
        }
    }
}

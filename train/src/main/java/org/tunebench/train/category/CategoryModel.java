package org.tunebench.train.category;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tunebench.train.category.LabelledInstructions.LabelledInstruction;
import org.tunebench.train.classifier.Instance;
import org.tunebench.train.classifier.LinearClassifier;

/** Predicts the category of an instruction from its words. docs/filters.md says how often it is right. */
public final class CategoryModel {
    private static final int FILLINGS = 3;
    private static final int EPOCHS = 20;
    private static final long SEED = 1;

    private final LinearClassifier classifier;

    private CategoryModel(LinearClassifier classifier) {
        this.classifier = classifier;
    }

    /** The model trained on the built-in instructions: made once a process, in about a second. */
    public static CategoryModel builtIn() {
        return BuiltIn.MODEL;
    }

    static CategoryModel train(List<LabelledInstruction> labelled, long seed) {
        List<Instance> instances = labelled.stream()
                .map(l ->
                        new Instance(CategoryFeatures.of(l.text()), l.category().id()))
                .toList();
        return new CategoryModel(LinearClassifier.train(instances, Set.of(), EPOCHS, seed));
    }

    /** The most probable category of an instruction, with its input where it has one, parted by a blank line. */
    public Predicted predict(String instruction) {
        Map<String, Double> probabilities = classifier.probabilities(CategoryFeatures.of(instruction));
        Category best = Category.QUESTION_ANSWERING;
        for (Category category : Category.values()) {
            best = of(probabilities, category) > of(probabilities, best) ? category : best;
        }
        return new Predicted(best, of(probabilities, best));
    }

    private static double of(Map<String, Double> probabilities, Category category) {
        return probabilities.getOrDefault(category.id(), 0.0);
    }

    /** @param probability from 1/8 to 1 */
    public record Predicted(Category category, double probability) {}

    private static final class BuiltIn {
        static final CategoryModel MODEL = train(LabelledInstructions.generate(FILLINGS, SEED), SEED);
    }
}

package org.tunebench.train.category;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.train.category.LabelledInstructions.LabelledInstruction;

class CategoryModelTest {
    /** Five parts by template: what one template made is on one side only. */
    @Test
    void train_templatesHeldOut_mostAreRecognised() {
        List<LabelledInstruction> all = LabelledInstructions.generate(3, 1);
        CategoryConfusion confusion = new CategoryConfusion();
        for (int part = 0; part < 5; part++) {
            int out = part;
            CategoryModel model = CategoryModel.train(
                    all.stream().filter(l -> l.template() % 5 != out).toList(), 1);
            all.stream()
                    .filter(l -> l.template() % 5 == out)
                    .forEach(l ->
                            confusion.add(l.category(), model.predict(l.text()).category()));
        }
        System.out.println("categories, templates held out: " + confusion);

        assertThat(confusion.accuracy()).isGreaterThan(0.75);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the boiling point of water? | QUESTION_ANSWERING
            Explain how vaccines work | EXPLANATION
            Write a poem about mountains | GENERATION
            Summarize this article in 3 sentences | REWRITING
            Write a Python function to sort a list | CODING
            If A > B and B > C, what can we conclude? | REASONING
            Is this review positive or negative? | CLASSIFICATION
            List the main characters in this story | EXTRACTION
            """)
    void predict_thePapersExamples_areOfTheirCategories(String instruction, Category category) {
        assertThat(CategoryModel.builtIn().predict(instruction).category()).isEqualTo(category);
    }

    @Test
    void generate_everyCategory_hasSixtyFilledTemplates() {
        List<LabelledInstruction> all = LabelledInstructions.generate(2, 1);

        assertThat(all.stream().collect(Collectors.groupingBy(LabelledInstruction::category, Collectors.counting())))
                .hasSize(8)
                .allSatisfy((category, n) -> assertThat(n).isEqualTo(120));
        assertThat(all).extracting(LabelledInstruction::text).noneMatch(t -> t.matches("(?s).*\\{[a-z]+}.*"));
    }

    @Test
    void predict_emptyInstruction_isSomeCategoryWithAProbability() {
        CategoryModel.Predicted predicted = CategoryModel.builtIn().predict("");

        assertThat(predicted.probability()).isBetween(0.125, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"Question Answering,QUESTION_ANSWERING", "question-answering,QUESTION_ANSWERING", "CODING,CODING"})
    void of_spellings_areOneCategory(String name, Category category) {
        assertThat(Category.of(name)).contains(category);
        assertThat(Category.of(name.toUpperCase(Locale.ROOT) + "x")).isEmpty();
    }
}

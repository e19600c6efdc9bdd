package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tunebench.core.testing.SharedData;

/**
 * Scores that others have published for the first 1,000 items of HellaSwag's validation set, through the suite's own grading:
 * the counts of right items are those stated with the data.
 */
class PublishedScoresTest {
    private static final int ITEMS = 1000;
    private static final int LINES_AN_ITEM = 6;

    private static List<String> items() throws IOException {
        return Files.readAllLines(SharedData.require("hellaswag/hellaswag_val.first1000.txt"));
    }

    private static double[] scores(String line) {
        return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Items of which the target has the highest score. @param scored what a choice's score is over */
    private static int right(String file, Grading.Accuracy accuracy, BinaryOperator<String> scored) throws IOException {
        List<String> items = items();
        List<String> rows = Files.readAllLines(SharedData.require("hellaswag_loglik/full_prompt/" + file + ".csv"));
        int right = 0;
        for (int i = 0; i < ITEMS; i++) {
            List<String> item = items.subList(LINES_AN_ITEM * i, LINES_AN_ITEM * (i + 1));
            int label = Integer.parseInt(item.get(1).strip());
            List<String> choices = item.subList(2, LINES_AN_ITEM).stream()
                    .map(ending -> scored.apply(item.get(0), ending))
                    .toList();
            Grading.Grade grade =
                    Grading.accuracy(choices, label, List.of(accuracy)).grade(scores(rows.get(i + 1)));
            right += grade.scores().containsValue(1.0) ? 1 : 0;
        }
        return right;
    }

    @ParameterizedTest
    @CsvSource({
        "sum_meta-llama--Llama-3.2-1B, 416",
        "byte_mean_meta-llama--Llama-3.2-1B, 510",
        "HuggingFaceTB--SmolLM2-1.7B, 546",
        "EleutherAI--pythia-1b, 431"
    })
    void accuracy_ofPublishedScores_givesTheStatedCounts(String file, int count) throws IOException {
        assertThat(right(file, Grading.Accuracy.ACC, (context, ending) -> ending))
                .isEqualTo(count);
    }

    /** The published means are the sums over the length of context and ending, without the activity. */
    @Test
    void normalisedAccuracy_ofPublishedSums_givesTheCountOfThePublishedMeans() throws IOException {
        BinaryOperator<String> whole = (context, ending) -> context.substring(context.indexOf(": ") + 2) + " " + ending;
        String sums = "sum_meta-llama--Llama-3.2-1B";
        assertThat(right(sums, Grading.Accuracy.ACC_BYTES, whole)).isEqualTo(510);
        assertThat(right(sums, Grading.Accuracy.ACC_NORM, whole)).isEqualTo(510);
    }
}

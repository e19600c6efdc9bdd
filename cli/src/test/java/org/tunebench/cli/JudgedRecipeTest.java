package org.tunebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.RunFolder;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.filter.CachedRater;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.filter.Rater;
import org.tunebench.train.recipe.Recipe;

/** Recipes whose filters ask a judge, with the answers that an earlier one gave. */
class JudgedRecipeTest {
    private static final String RECIPE = """
            base: embedded
            data: [{path: data.jsonl}]
            filters: [{name: judge_score, min: 3}]
            template: paper
            max_length: 64
            steps: 1
            """;

    @TempDir
    Path folder;

    private int asked;

    @Test
    void compareAndTrain_judgeOfFilters_isTheExperimentsOrTheOptions() throws IOException {
        Files.writeString(
                folder.resolve("data.jsonl"),
                "{\"prompt\": \"one?\", \"completion\": \"good\"}\n{\"prompt\": \"two?\", \"completion\": \"bad\"}\n");
        Path recipe = Files.writeString(folder.resolve("judged.yaml"), RECIPE);
        Files.writeString(folder.resolve("again.yaml"), RECIPE + "seed: 2\n");
        rate(recipe);
        assertThat(asked).isEqualTo(2);
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                "base: embedded\nrecipes: [judged.yaml, again.yaml]\njudge: ratings.jsonl\n"
                        + "suites: {mmlu_cloze: {limit: 1, shots: 0}}\n");

        assertThat(Main.run("compare", experiment.toString(), "--out", path("out"), "--quiet"))
                .isZero();
        String[] train = {"train", recipe.toString(), "--out", path("run"), "--judge", path("ratings.jsonl")};
        assertThat(Main.run(train)).isZero();

        for (String run : List.of("out/runs/judged", "out/runs/again", "run")) {
            RunFolder written = RunFolder.open(folder.resolve(run));
            assertThat(written.readRecord().data().get(0).dropped()).isEqualTo(Map.of("judge_score", 1L));
            try (Stream<ExampleRecord> examples = written.examples()) {
                assertThat(examples).extracting(ExampleRecord::scores).containsExactly(Map.of("judge_score", 4.5));
            }
        }
    }

    /** Has a judge rate the recipe's data, into ratings.jsonl. */
    private void rate(Path recipe) {
        Rater judge = new Rater() {
            @Override
            public String name() {
                return "judge";
            }

            @Override
            public List<Answer> ask(List<Question> questions) {
                asked += questions.size();
                return questions.stream()
                        .map(q -> new Answer(q.system().endsWith("good") ? "4.5" : "1", false))
                        .toList();
            }
        };
        try (CachedRater cached = new CachedRater(judge, folder.resolve("ratings.jsonl"))) {
            FilterInputs inputs = FilterInputs.NONE.withRater(cached);
            for (int pass = 0; pass < 2; pass++) {
                Dataset.stream(Recipe.read(recipe).dataMixture(), inputs, example -> {});
            }
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}

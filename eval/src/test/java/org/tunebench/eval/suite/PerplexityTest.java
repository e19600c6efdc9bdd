package org.tunebench.eval.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.testing.FakeLanguageModel;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;

class PerplexityTest {
    @TempDir
    Path folder;

    private final FakeLanguageModel model = new FakeLanguageModel("a b a b a b");

    private LoadedSuite load(String name, String text) throws IOException {
        return new Perplexity().load(SuiteOptions.of(Files.writeString(folder.resolve(name), text)));
    }

    @Test
    void run_countsTokensWordsAndBytesByDocument() throws IOException {
        LoadedSuite.Outcome outcome = load("a.txt", "a b\n\n  \nb\u00e9 a\nc\n").run(new Engine(model, Progress.NONE));
        assertThat(outcome.samples()).extracting(SampleRecord::id).containsExactly("0", "1");
        assertThat(outcome.samples()).extracting(SampleRecord::prompt).containsExactly("a b", "b\u00e9 a\nc\n");
        Map<String, Double> second = outcome.samples().get(1).scores();
        assertThat(second)
                .containsEntry("tokens", 7.0)
                .containsEntry("bytes", 8.0)
                .containsEntry("words", 4.0);
        double first = model.logProbability(CharacterTokenizer.BOS, 'a')
                + model.logProbability('a', ' ')
                + model.logProbability(' ', 'b');
        assertThat(outcome.samples().get(0).scores().get("loglikelihood")).isCloseTo(first, within(1e-12));
    }

    @Test
    void run_overTheCorpus_isWeightedByLength() throws IOException {
        LoadedSuite.Outcome outcome = load("a.txt", "a b\n\nb a b a").run(new Engine(model, Progress.NONE));
        double sum = outcome.samples().stream()
                .mapToDouble(s -> s.scores().get("loglikelihood"))
                .sum();
        Map<String, Metric> metrics = outcome.metrics();
        assertThat(metrics.get("token_perplexity").value()).isCloseTo(Math.exp(-sum / 10), within(1e-12));
        assertThat(metrics.get("word_perplexity").value()).isCloseTo(Math.exp(-sum / 6), within(1e-9));
        assertThat(metrics.get("bits_per_byte").value()).isCloseTo(-sum / 10 / Math.log(2), within(1e-12));
        Metric perplexity = metrics.get("token_perplexity");
        assertThat(perplexity.stderr()).isPositive();
        assertThat(perplexity.ci95().get(0)).isLessThan(perplexity.value());
        assertThat(perplexity.ci95().get(1)).isGreaterThan(perplexity.value());
    }

    @Test
    void run_longDocument_scoresEveryToken() throws IOException {
        model.contextLength(4);
        LoadedSuite.Outcome outcome =
                load("a.jsonl", "{\"text\": \"abababababa\"}\n").run(new Engine(model, Progress.NONE));
        assertThat(outcome.samples().get(0).scores()).containsEntry("tokens", 11.0);
        assertThat(outcome.metrics().get("bits_per_byte").stderr()).isNull();
    }

    @Test
    void load_folder_takesItsOnlyFile() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a\n\nb");
        assertThat(new Perplexity().load(SuiteOptions.of(folder)).size()).isEqualTo(2);
        Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"a\"}");
        assertThatThrownBy(() -> new Perplexity().load(SuiteOptions.of(folder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 files *.txt and *.jsonl in the folder, expected 1");
    }

    @Test
    void load_badDocuments_areRefused() {
        assertThatThrownBy(() -> load("a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"\"}\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("suite perplexity, a.jsonl line 2: field 'text' is empty");
        assertThatThrownBy(() -> load("a.txt", " \n\n ")).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> new Perplexity().load(SuiteOptions.of(folder.resolve("b.txt"))))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> new Perplexity()
                        .load(SuiteOptions.of(folder.resolve("a.txt")).withChat(true)))
                .hasMessageContaining("raw text has no chat prompt");
    }
}

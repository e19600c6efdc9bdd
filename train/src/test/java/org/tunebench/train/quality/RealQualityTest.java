package org.tunebench.train.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.SharedData;
import org.tunebench.train.data.example.Exchange;

/** On published responses, each beside a spoiled copy: the figures of docs/filters.md. */
class RealQualityTest {
    private static final String LONG = "alpaca/alpaca_data.2000.json";
    private static final String SHORT = "alpaca/alpaca_en_demo.json";

    @Test
    void train_bothAlpacaFilesAgainstCorrupted_heldOutAucIsAtLeast90Percent() throws IOException {
        List<Exchange> good = exchanges(SharedData.require(LONG));
        good.addAll(exchanges(SharedData.require(SHORT)));

        QualityReport report = QualityModel.train(CorruptedSet.of(good, 1), 1).report();

        print("both files", report);
        report.reliability().forEach(System.out::println);
        report.failures().forEach(System.out::println);
        assertThat(report.auc()).isGreaterThanOrEqualTo(0.9);
        assertThat(report.calibrationError()).isLessThan(0.1);
    }

    /** The first file was selected for long responses, the second was not: what the model learns does not carry over whole. */
    @Test
    void train_oneAlpacaFile_isWorseOnTheOtherButNotBlind() throws IOException {
        QualityModel.Trained trained = QualityModel.train(CorruptedSet.of(exchanges(SharedData.require(LONG)), 1), 1);

        List<LabelledResponse> others = CorruptedSet.of(exchanges(SharedData.require(SHORT)), 2);
        List<Double> scores =
                others.stream().map(e -> trained.model().score(e.exchange())).toList();
        QualityReport elsewhere = new HeldOutScores(others, scores).report();
        print("long responses, held out", trained.report());
        print("trained on long, scored on short", elsewhere);
        assertThat(trained.report().auc()).isGreaterThanOrEqualTo(0.9);
        assertThat(elsewhere.auc()).isGreaterThan(0.7);
    }

    private static void print(String what, QualityReport report) {
        System.out.printf(
                Locale.ROOT,
                "quality, %s: n %d, AUC %.3f, Brier %.3f, calibration error %.3f, by kind %s%n",
                what,
                report.n(),
                report.auc(),
                report.brier(),
                report.calibrationError(),
                report.byKind());
    }

    private static List<Exchange> exchanges(Path file) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (JsonNode row : Json.MAPPER.readTree(file.toFile())) {
            String input = row.path("input").asText();
            String instruction = row.path("instruction").asText();
            String user = input.isBlank() ? instruction : instruction + "\n\n" + input;
            String output = row.path("output").asText();
            if (!output.isBlank()) {
                exchanges.add(new Exchange(user, output));
            }
        }
        return exchanges;
    }
}

package org.tunebench.train.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.example.Exchange;

/** On made-up exchanges; RealQualityTest has real ones. */
class QualityModelTest {
    private static final long SEED = 5;
    private static final List<String> THINGS = List.of(
            "river",
            "castle",
            "violin",
            "engine",
            "garden",
            "library",
            "market",
            "bridge",
            "mountain",
            "harbour",
            "theatre",
            "forest",
            "kitchen",
            "railway",
            "island",
            "village",
            "museum",
            "tower",
            "orchard",
            "canal");

    @TempDir
    Path folder;

    @Test
    void train_generatedExchanges_ranksGoodAboveCorrupted() {
        QualityModel.Trained trained = QualityModel.train(CorruptedSet.of(exchanges(600), SEED), SEED);

        QualityReport report = trained.report();
        assertThat(report.auc()).isGreaterThan(0.9);
        assertThat(report.brier()).isLessThan(0.15);
        assertThat(report.reliability().stream().mapToInt(QualityReport.Bin::n).sum())
                .isEqualTo(report.n());
        assertThat(report.byKind()).hasSize(Corruption.values().length);
        Exchange good = exchanges(1).get(0);
        assertThat(trained.model().score(good))
                .isGreaterThan(trained.model().score(new Exchange(good.instruction(), "old the was a of river by")));
    }

    @Test
    void train_sameSeed_givesTheSameScores() {
        List<LabelledResponse> labelled = CorruptedSet.of(exchanges(200), SEED);
        Exchange probe = exchanges(3).get(2);

        assertThat(QualityModel.train(labelled, 3).model().score(probe))
                .isEqualTo(QualityModel.train(labelled, 3).model().score(probe));
    }

    @Test
    void file_writtenAndRead_scoresTheSame() {
        Path labelledFile = folder.resolve("labelled.jsonl");
        LabelledFile.write(labelledFile, CorruptedSet.of(exchanges(200), SEED));
        List<LabelledResponse> labelled = LabelledFile.read(labelledFile);
        QualityModel.Trained trained = QualityModel.train(labelled, SEED);
        Path file = folder.resolve("quality.json");

        QualityFile.write(file, trained, List.of(labelledFile), SEED);

        assertThat(labelled).isEqualTo(CorruptedSet.of(exchanges(200), SEED));
        Exchange probe = exchanges(3).get(2);
        assertThat(QualityFile.read(file).score(probe))
                .isEqualTo(trained.model().score(probe));
        assertThat(file).content().contains("\"sha256\"", "\"held_out\"", "\"tribuo\"", "\"seed\" : 5");
    }

    @Test
    void file_damagedOrOfAnotherVersion_isRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("q.json"), "{\"format\":\"tunebench-quality-1\",\"features_version\":0}");
        assertThatThrownBy(() -> QualityFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("features version 0, expected tunebench-quality-1 and 1");
        Files.writeString(file, "{\"format\"");
        assertThatThrownBy(() -> QualityFile.read(file)).hasMessageContaining("malformed JSON");
        Files.writeString(
                file,
                "{\"format\":\"tunebench-quality-1\",\"features_version\":1,"
                        + "\"calibration\":{\"slope\":1,\"intercept\":0},\"classifier\":\"AAAA\"}");
        assertThatThrownBy(() -> QualityFile.read(file)).hasMessageContaining("the quality model is damaged");
    }

    @Test
    void labelledFile_lineWithoutLabel_isRefusedWithTheLine() throws IOException {
        Path file = Files.writeString(
                folder.resolve("l.jsonl"),
                "{\"instruction\":\"I\",\"response\":\"R\",\"good\":true}\n{\"instruction\":\"I\",\"response\":\"R\"}\n");

        assertThatThrownBy(() -> LabelledFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("l.jsonl line 2: instruction, response and good (true or false) must be there");
    }

    @Test
    void train_tooFewResponses_saysWhichPartLacksWhat() {
        assertThatThrownBy(() -> QualityModel.train(CorruptedSet.of(exchanges(2), 1), 1))
                .hasMessageStartingWith("the labelled responses are too few: the part to ");
    }

    @Test
    void corruptedSet_everyKind_changesTheResponseAndKeepsTheInstruction() {
        List<Exchange> good = exchanges(80);

        List<LabelledResponse> labelled = CorruptedSet.of(good, SEED);

        assertThat(labelled.stream().filter(LabelledResponse::good)).hasSize(80);
        assertThat(labelled).extracting(LabelledResponse::kind).contains("clean", "truncated", "swapped", "echo");
        for (LabelledResponse bad : labelled.stream().filter(e -> !e.good()).toList()) {
            Exchange from = good.get(Integer.parseInt(bad.group()));
            assertThat(bad.exchange().instruction()).isEqualTo(from.instruction());
            assertThat(bad.exchange().response()).as(bad.kind()).isNotEqualTo(from.response());
        }
        assertThat(CorruptedSet.of(good, SEED)).isEqualTo(labelled);
        assertThat(CorruptedSet.of(good, SEED + 1)).isNotEqualTo(labelled);
    }

    /** Four scores by hand: good .9 and .4, bad .6 and .1: of four pairs three are in order. */
    @Test
    void report_handMadeScores_areCountedRight() {
        List<LabelledResponse> examples = new ArrayList<>();
        for (boolean good : List.of(true, true, false, false)) {
            examples.add(new LabelledResponse(new Exchange("I", "R"), good, good ? "clean" : "cut", "g"));
        }

        QualityReport report = new HeldOutScores(examples, List.of(0.9, 0.4, 0.6, 0.1)).report();

        assertThat(report.auc()).isEqualTo(0.75);
        assertThat(report.byKind()).isEqualTo(Map.of("cut", 0.75));
        assertThat(report.brier()).isCloseTo((0.01 + 0.36 + 0.36 + 0.01) / 4, within());
        assertThat(report.calibrationError()).isCloseTo((0.1 + 0.6 + 0.6 + 0.1) / 4, within());
        assertThat(report.failures()).extracting(QualityReport.Failure::score).containsExactly(0.6, 0.4);
    }

    @Test
    void calibration_oddsThatAreTooSure_becomeMilder() {
        List<Double> odds = new ArrayList<>();
        List<Boolean> good = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            odds.add(i % 2 == 0 ? 6.0 : -6.0);
            good.add(i % 8 < 2 ? i % 2 != 0 : i % 2 == 0); // a quarter of them wrong
        }

        Calibration calibration = Calibration.fit(odds, good, 1);

        assertThat(calibration.probability(6)).isBetween(0.7, 0.8);
        assertThat(calibration.probability(-6)).isBetween(0.2, 0.3);
    }

    @Test
    void wordClasses_tellOrderFromDisorder() {
        assertThat(WordClasses.tokens("It's 3 dogs, running!"))
                .containsExactly("It's", "3", "dogs", ",", "running", "!");
        assertThat(WordClasses.tokens("The Nation's walked quickly").stream().map(WordClasses::of))
                .containsExactly("the", "Xs", "xed", "xly");
        assertThat(QualityFeatures.of(new Exchange("Say", "The dog.")))
                .containsKeys("pair ^ the", "pair the x", "pair x .", "pair . $");
        assertThat(Set.copyOf(QualityFeatures.STANDARDISED)).noneMatch(name -> name.startsWith("pair"));
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }

    /** Instructions about things, answered in a few plain sentences that name them. */
    private static List<Exchange> exchanges(int n) {
        SeededRandom random = SeededRandom.of(SEED, 9);
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String a = THINGS.get(random.nextInt(THINGS.size()));
            String b = THINGS.get(random.nextInt(THINGS.size()));
            int year = 1500 + random.nextInt(500);
            List<String> sentences = List.of(
                    "The old " + a + " was built in " + year + " by the people of the town.",
                    "Many visitors come to see the " + b + ", which lies close to the " + a + ".",
                    "In the summer it is often used for music and for meetings.",
                    "You can reach the " + a + " by train or on foot in about " + (10 + random.nextInt(50))
                            + " minutes.",
                    "Because of the " + b + ", the road was moved to the north.",
                    "It has been open to everyone since " + (year + 40) + ".");
            int first = random.nextInt(sentences.size());
            StringBuilder response = new StringBuilder(sentences.get(0));
            for (int s = 0; s < 2 + random.nextInt(3); s++) {
                response.append(' ').append(sentences.get(1 + (first + s) % (sentences.size() - 1)));
            }
            exchanges.add(new Exchange("Tell me about the " + a + " and the " + b + ".", response.toString()));
        }
        return exchanges;
    }
}

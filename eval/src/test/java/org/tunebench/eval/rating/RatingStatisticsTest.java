package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.Rankings;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.testing.SharedData;

class RatingStatisticsTest {
    private static final List<String> DIMENSIONS = List.of("helpfulness");

    @TempDir
    Path folder;

    private static Ratings.Row row(String rater, String model, String prompt, int rating, int position) {
        return new Ratings.Row(
                rater + prompt + model, rater, model, prompt, Map.of("helpfulness", rating), null, position);
    }

    private static Ratings.Preference preference(
            String rater, String prompt, String first, String second, Choice choice) {
        return new Ratings.Preference(rater + prompt + first + second, rater, prompt, first, second, choice, null, 1);
    }

    private static Ratings ratings(
            List<Ratings.Row> rows, List<Ratings.Preference> preferences, Ratings.Checks checks) {
        return RatingStatistics.complete(new Ratings(
                Ratings.SCHEMA,
                DIMENSIONS,
                RatingMeans.byModel(rows),
                rows,
                List.of(),
                preferences,
                checks,
                null,
                null,
                null));
    }

    private static Ratings ratings(List<Ratings.Row> rows, List<Ratings.Preference> preferences) {
        return ratings(rows, preferences, new Ratings.Checks(List.of(), List.of(), List.of()));
    }

    /** Krippendorff's textbook example: 4 observers, 12 units, ordinal .815, nominal .743, interval .849. */
    @Test
    void agreement_textbookExample_isAsPublished() {
        String[] observers = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
        List<Ratings.Row> rows = new ArrayList<>();
        for (int o = 0; o < 4; o++) {
            for (int unit = 0; unit < 12; unit++) {
                if (observers[o].charAt(unit) != '.') {
                    rows.add(row("r" + o, "m", "p" + unit, observers[o].charAt(unit) - '0', unit + 1));
                }
            }
        }
        RatingAgreement.OfDimension agreement =
                ratings(rows, List.of()).agreement().dimensions().get("helpfulness");
        assertThat(agreement.level()).isEqualTo("ordinal");
        assertThat(agreement.alpha().value()).isCloseTo(.815, within(.0005));
        assertThat(agreement.alpha().ci95().get(0)).isBetween(.4, .8);
        assertThat(agreement.alpha().ci95().get(1)).isBetween(.85, 1.0);
        assertThat(agreement.alphas().get("nominal")).isCloseTo(.743, within(.0005));
        assertThat(agreement.alphas().get("interval")).isCloseTo(.849, within(.0005));
        assertThat(agreement.units()).isEqualTo(11);
        assertThat(agreement.ratings()).isEqualTo(40);
        assertThat(agreement.pairs()).hasSize(6);
        RatingAgreement.Pair first = agreement.pairs().get(0);
        assertThat(first.n()).isEqualTo(9);
        assertThat(first.agreement()).isCloseTo(8.0 / 9, within(1e-12));
    }

    /** PandaLM's annotators, whose kappas its authors published as .85, .88 and .86. */
    @Test
    void agreement_ofPandaLmsAnnotators_isAsPublished() throws IOException {
        Path file = SharedData.require("pandalm_human_pref/testset-v1.json");
        List<Ratings.Preference> preferences = new ArrayList<>();
        for (JsonNode item : Json.MAPPER.readTree(file.toFile())) {
            String[] models = item.get("cmp_key").asText().split("_");
            for (int a = 1; a <= 3; a++) {
                Choice choice = List.of(Choice.TIE, Choice.FIRST, Choice.SECOND)
                        .get(item.get("annotator" + a).asInt());
                preferences.add(preference("annotator" + a, item.get("idx").asText(), models[0], models[1], choice));
            }
        }
        Ratings ratings = ratings(List.of(), preferences);
        RatingAgreement.OfDimension agreement = ratings.agreement().dimensions().get("preference");
        assertThat(agreement.level()).isEqualTo("nominal");
        assertThat(agreement.pairs())
                .extracting(p -> Math.round(p.kappa() * 1000))
                .containsExactly(852L, 879L, 862L);
        assertThat(agreement.pairs()).allMatch(p -> p.n() == 999 && p.kappaQuadratic() == null);
        assertThat(agreement.fleissKappa()).isBetween(.85, .88);
        Rankings rankings = ratings.rankings();
        assertThat(rankings.comparisons()).isEqualTo(3 * 999);
        assertThat(rankings.models()).hasSize(5);
        assertThat(rankings.models().get(0).strength().ci95().get(0)).isPositive();
    }

    @Test
    void raters_strictDriftingAndConsistent_areSeen() {
        List<Ratings.Row> rows = new ArrayList<>();
        List<Ratings.Row> again = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(row("ann", "m", "p" + i, 3, i + 1));
            rows.add(row("bob", "m", "p" + i, 2, i + 1));
            rows.add(row("cyd", "m", "p" + i, i < 20 ? 2 : 4, i + 1));
        }
        for (int i = 0; i < 4; i++) {
            again.add(row("ann", "m", "p" + i, i == 0 ? 5 : 3, 41 + i));
        }
        Ratings.Gold gold =
                new Ratings.Gold("g", "ann", "g", Map.of("helpfulness", 1), Map.of("helpfulness", 3), null, null);
        Ratings ratings = ratings(rows, List.of(), new Ratings.Checks(again, List.of(), List.of(gold, gold)));
        assertThat(ratings.agreement().raters())
                .extracting(RatingAgreement.OfRater::rater)
                .containsExactly("ann", "bob", "cyd");
        RatingAgreement.OfRater ann = ratings.agreement().raters().get(0);
        RatingAgreement.OfRater bob = ratings.agreement().raters().get(1);
        RatingAgreement.OfRater cyd = ratings.agreement().raters().get(2);
        assertThat(ann.rows()).isEqualTo(40);
        assertThat(ann.consistency().get("helpfulness")).isEqualTo(new RatingAgreement.Consistency(4, .75, 0.5));
        assertThat(ann.gold().get("helpfulness")).isEqualTo(new RatingAgreement.GoldScore(2, 0, 2.0));
        assertThat(bob.consistency()).isEmpty();
        // others give 2.5, then 3.5
        assertThat(bob.drift().get("helpfulness").bias().value()).isCloseTo(-1, within(1e-12));
        assertThat(cyd.drift().get("helpfulness").against()).isEqualTo("raters");
        assertThat(cyd.drift().get("helpfulness").slope().ci95().get(0)).isPositive();
        assertThat(ann.drift().get("helpfulness").slope().value())
                .isCloseTo(bob.drift().get("helpfulness").slope().value(), within(1e-9));
    }

    @Test
    void raters_nobodyInCommon_areHeldAgainstTheModelsMean() {
        List<Ratings.Row> rows = List.of(
                row("ann", "m", "p0", 4, 1),
                row("ann", "m", "p1", 4, 2),
                row("bob", "m", "p2", 2, 1),
                row("bob", "m", "p3", 2, 2));
        Ratings ratings = ratings(rows, List.of());
        RatingAgreement.Drift drift =
                ratings.agreement().raters().get(0).drift().get("helpfulness");
        assertThat(drift.against()).isEqualTo("model");
        assertThat(drift.bias().value()).isEqualTo(1);
        assertThat(drift.slope()).isNull();
        assertThat(ratings.agreement().dimensions().get("helpfulness").alpha()).isNull();
        assertThat(ratings.rankings()).isNull();
    }

    @Test
    void consistencyOfPairs_countsTheSameChoiceInTheOtherOrder() {
        List<Ratings.Preference> preferences = List.of(
                preference("ann", "p0", "a", "b", Choice.FIRST), preference("ann", "p1", "b", "a", Choice.FIRST));
        Ratings.Checks checks = new Ratings.Checks(
                List.of(),
                List.of(
                        preference("ann", "p0", "b", "a", Choice.SECOND),
                        preference("ann", "p1", "a", "b", Choice.FIRST)),
                List.of());
        RatingAgreement.OfRater ann =
                ratings(List.of(), preferences, checks).agreement().raters().get(0);
        assertThat(ann.consistency().get("preference")).isEqualTo(new RatingAgreement.Consistency(2, .5, null));
        assertThat(ann.firstShare().value()).isEqualTo(1);
    }

    /** The citations of four journals, as R's BradleyTerry2 fits them: Biometrika leads Communications by 2.949. */
    @Test
    void rankings_manyPairs_areBradleyTerrys() {
        String[] journals = {"Biometrika", "Communications", "JASA", "JRSS-B"};
        int[][] cited = {{0, 730, 498, 221}, {33, 0, 68, 17}, {320, 813, 0, 142}, {284, 276, 325, 0}};
        List<Ratings.Preference> preferences = new ArrayList<>();
        Random order = new Random(4);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                for (int n = 0; n < cited[i][j]; n++) {
                    boolean first = order.nextBoolean();
                    preferences.add(preference(
                            "r",
                            "p" + preferences.size() % 500,
                            journals[first ? i : j],
                            journals[first ? j : i],
                            first ? Choice.FIRST : Choice.SECOND));
                }
            }
        }
        Rankings rankings = ratings(List.of(), preferences).rankings();
        assertThat(rankings.source()).isEqualTo("pairs");
        assertThat(rankings.models())
                .extracting(Rankings.Ranked::model)
                .containsExactly("JRSS-B", "Biometrika", "JASA", "Communications");
        Map<String, Double> strengths = rankings.models().stream()
                .collect(Collectors.toMap(
                        Rankings.Ranked::model, r -> r.strength().value()));
        // the prior of one tie with an average journal moves the fit by less than a hundredth
        assertThat(strengths.get("Communications") - strengths.get("Biometrika"))
                .isCloseTo(-2.94907, within(.01));
        assertThat(strengths.get("JASA") - strengths.get("Biometrika")).isCloseTo(-0.47957, within(.01));
        // the standard errors of the R fit are about .1 and .06
        assertThat(rankings.models().get(3).strength().stderr()).isBetween(.03, .15);
        assertThat(rankings.models().get(3).bestRank()).isEqualTo(4);
        assertThat(rankings.wins())
                .contains(new Rankings.Wins("Biometrika", "JASA", 498, 320, 0, 0))
                .hasSize(12);
    }

    @Test
    void rankings_withoutPairs_followFromRatingsOfTheSamePrompt() {
        List<Ratings.Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(row("ann", "good", "p" + i, 5, 1));
            rows.add(row("ann", "fair", "p" + i, i < 3 ? 5 : 3, 2));
        }
        Rankings rankings = ratings(rows, List.of()).rankings();
        assertThat(rankings.source()).isEqualTo("ratings");
        assertThat(rankings.ties()).isEqualTo(3);
        assertThat(rankings.models().get(0).model()).isEqualTo("good");
        assertThat(rankings.models().get(0).winShare().value()).isCloseTo(.85, within(1e-12));
        assertThat(rankings.models().get(0).strength().value()).isFinite().isPositive();
        assertThat(rankings.wins())
                .containsExactly(
                        new Rankings.Wins("fair", "good", 0, 7, 3, 0), new Rankings.Wins("good", "fair", 7, 0, 3, 0));
    }

    @Test
    void judge_againstRaters_onResponsesThatBothRated() {
        List<Ratings.Row> rows = new ArrayList<>();
        Map<String, List<SampleRecord>> samples = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            for (String model : List.of("a", "b")) {
                int human = model.equals("a") ? 1 + i % 5 : 3;
                double judged = 2.0 * human - (i == 7 ? 1 : 0);
                rows.add(row("ann", model, i + "/1", human, 1));
                samples.computeIfAbsent(model, m -> new ArrayList<>()).add(sample(i + "/1", i == 6 ? null : judged));
            }
        }
        List<Path> runs = new ArrayList<>();
        for (String model : List.of("a", "b")) {
            runs.add(SheetFixture.run(folder, model, "mt_bench", samples.get(model)));
        }
        Ratings ratings = ratings(rows, List.of());
        JudgeAgreement judge = JudgeComparison.of(ratings, runs).orElseThrow();
        assertThat(judge.judge()).isEqualTo("reference");
        assertThat(judge.suite()).isEqualTo("mt_bench");
        assertThat(judge.responses()).isEqualTo(14);
        assertThat(judge.correlations().get("overall").pearson()).isBetween(.9, 1.0);
        assertThat(judge.correlations().get("helpfulness").spearman().value()).isBetween(.9, 1.0);
        // prompt 2 and 7 are ties for the raters: 3 against 3; the judge says tie there, too
        assertThat(judge.pairs()).isEqualTo(new JudgeAgreement.Pairs(7, 1, 5, 1.0, 1.0));
        assertThat(JudgeComparison.of(ratings(List.of(row("ann", "c", "x", 3, 1)), List.of()), runs))
                .isEmpty();
    }

    @Test
    void recordedResponses_areTheRunsAnswersToWhatAllWereAsked() {
        List<Path> runs = List.of(
                SheetFixture.run(
                        folder,
                        "a",
                        "mt_bench",
                        List.of(sample("81/1", 7.0), sample("81/2", 7.0), sample("82/1", 7.0))),
                SheetFixture.run(folder, "b", "mt_bench", List.of(sample("82/1", 3.0), sample("83/1", 3.0))));
        RecordedResponses recorded = RecordedResponses.read(runs, "mt_bench", 10);
        assertThat(recorded.prompts()).containsExactly(new RaterPrompt("82/1", "Q"));
        assertThat(recorded.models())
                .containsExactly(
                        new ModelResponses("a", Map.of("82/1", "A")), new ModelResponses("b", Map.of("82/1", "A")));
        assertThatThrownBy(() -> RecordedResponses.read(runs, "gsm8k", 10))
                .hasMessageContaining("no samples of suite 'gsm8k'")
                .hasMessageContaining("[mt_bench]");
    }

    @Test
    void judge_whoComparedPairs_isHeldAgainstTheRatersChoices() {
        Path run = SheetFixture.run(folder, "a", "mt_bench", List.of());
        List<Ratings.Preference> preferences = new ArrayList<>();
        List<PairwiseRecord> games = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            preferences.add(preference("ann", i + "/1", "b", "a", i < 4 ? Choice.SECOND : Choice.FIRST));
            PairwiseRecord.Game game =
                    new PairwiseRecord.Game("gpt", "pair", null, PairwiseRecord.Winner.MODEL, null, null, null);
            PairwiseRecord.Winner winner =
                    i == 5 ? null : i < 3 ? PairwiseRecord.Winner.MODEL : PairwiseRecord.Winner.OPPONENT;
            games.add(new PairwiseRecord(i + "/1", 1, null, "b", "Q", "A", "B", game, game, winner, null));
        }
        AtomicFiles.write(RunFolder.open(run).pairwiseFile("mt_bench"), JsonLines.text(games));
        JudgeAgreement judge = JudgeComparison.of(ratings(List.of(), preferences), List.of(run))
                .orElseThrow();
        assertThat(judge.judge()).isEqualTo("gpt");
        // raters: a a a a b; judge: a a a b b; expected by chance .8 * .6 + .2 * .4 = .56
        assertThat(judge.pairs().n()).isEqualTo(5);
        assertThat(judge.pairs().agreement()).isCloseTo(.8, within(1e-12));
        assertThat(judge.pairs().kappa()).isCloseTo((.8 - .56) / .44, within(1e-12));
    }

    private static SampleRecord sample(String id, Double rating) {
        Judgment judgment = new Judgment("reference", "single", "words", rating, null, null, null);
        return new SampleRecord(id, null, "Q", null, null, null, "A", null, null, Map.of(), null, judgment);
    }

    @Test
    void preferences_areTheMajoritysChoices_exactAsTheyWere() throws IOException {
        List<SheetKey.Item> items = new ArrayList<>();
        for (String prompt : List.of("p0", "p1", "p2", "p3")) {
            items.add(new SheetKey.Item(prompt, "Prompt " + prompt, "a", "=\uD83D " + prompt));
            items.add(new SheetKey.Item(prompt, "Prompt " + prompt, "b", prompt.equals("p3") ? "=\uD83D p3" : "b"));
        }
        Path key = folder.resolve("pairs-key.json");
        new SheetKey(SheetKey.SCHEMA, "abcdef", 1, items, List.of()).write(key);
        List<Ratings.Preference> preferences = List.of(
                preference("r1", "p0", "a", "b", Choice.FIRST),
                preference("r2", "p0", "b", "a", Choice.SECOND),
                preference("r3", "p0", "a", "b", Choice.TIE),
                preference("r1", "p1", "a", "b", Choice.FIRST),
                preference("r2", "p1", "a", "b", Choice.SECOND),
                preference("r1", "p2", "a", "b", Choice.BOTH_BAD),
                preference("r1", "p3", "a", "b", Choice.SECOND));
        Ratings ratings = ratings(List.of(), preferences);
        Path file = folder.resolve("preferences.jsonl");
        assertThat(PreferenceData.write(ratings, key, 1, PreferenceData.Form.TEXT, file))
                .isEqualTo(new PreferenceData.Written(1, 3));
        JsonNode line = Json.MAPPER.readTree(file.toFile());
        assertThat(line.path("prompt").asText()).isEqualTo("Prompt p0");
        assertThat(line.path("chosen").asText()).isEqualTo("=\uD83D p0");
        assertThat(line.path("rejected").asText()).isEqualTo("b");
        assertThat(line.path("votes").toString()).isEqualTo("{\"chosen\":2,\"rejected\":0,\"tie\":1}");
        PreferenceData.write(ratings, key, 1, PreferenceData.Form.MESSAGES, file);
        assertThat(Json.MAPPER.readTree(file.toFile()).path("chosen").toString())
                .isEqualTo("[{\"role\":\"assistant\",\"content\":\"=\\uD83D p0\"}]".replace("\\uD83D", "\uD83D"));

        List<Ratings.Row> rows = IntStream.range(0, 3)
                .boxed()
                .flatMap(i -> List.of(row("ann", "a", "p" + i, 3 + i, 1), row("ann", "b", "p" + i, 3, 2)).stream())
                .toList();
        assertThat(PreferenceData.write(ratings(rows, List.of()), key, 1.5, PreferenceData.Form.TEXT, file))
                .isEqualTo(new PreferenceData.Written(1, 2));
        assertThat(Files.readString(file)).contains("\"chosen_model\":\"a\"", "\"id\":\"p2\"");
        assertThatThrownBy(() -> PreferenceData.write(ratings(rows, List.of()), key, 5, PreferenceData.Form.TEXT, file))
                .hasMessageContaining("no pair of responses is decided");
    }
}

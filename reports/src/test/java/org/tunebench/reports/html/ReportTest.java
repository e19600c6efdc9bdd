package org.tunebench.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JudgeAgreement;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.Rankings;
import org.tunebench.core.record.RatingAgreement;
import org.tunebench.core.record.Ratings;
import org.tunebench.reports.testing.Islands;
import org.tunebench.reports.testing.ReportFixture;
import org.tunebench.reports.testing.SmallRuns;

class ReportTest {
    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static List<Path> runs;
    private static List<Path> written;
    private static String page;

    @BeforeAll
    static void report() throws Exception {
        runs = ReportFixture.write(shared.resolve("runs"));
        written = Report.write(runs, shared.resolve("report.html"));
        page = Files.readString(written.get(0));
    }

    @Test
    void twins_areWrittenBesideThePage() throws Exception {
        assertThat(written)
                .extracting(path -> path.getFileName().toString())
                .startsWith("report.html", "leaderboard.csv", "leaderboard.md", "comparison.json");
        // six candidates, one of them with three seeds
        assertThat(written.subList(4, written.size()))
                .hasSize(8)
                .allMatch(path -> path.getParent().getParent().endsWith("lm-eval"));
        JsonNode json = Json.MAPPER.readTree(written.get(3).toFile());
        // 6 candidates: 15 pairs on 5 suites
        assertThat(json.get("pairs")).hasSize(75);
        assertThat(Files.readString(written.get(1)).lines()).hasSize(1 + 6 + 3);
    }

    @Test
    void curves_ofRunsEvaluatedDuringTraining_haveTheHeldOutLoss() throws Exception {
        assertThat(page).contains("data-series=\"held_out_loss\"");
        JsonNode curves = Islands.read(page, "curves").get(0);
        assertThat(curves.get("held_out_steps").toString()).isEqualTo("[100,200,300,400,500,600]");
        assertThat(curves.get("held_out_tokens").toString()).startsWith("[62000,124000,");
        // 620 supervised tokens in .14 s
        assertThat(curves.get("throughput").get(0).asDouble()).isCloseTo(620 / 0.14, within(0.01));
        SmallRuns small = new SmallRuns(directory);
        List<Path> plain = List.of(small.base("base", "0101"), small.run("masked", 1, "0111"));
        Path report = Report.write(plain, directory.resolve("plain.html")).get(0);
        assertThat(Files.readString(report)).doesNotContain("data-series=\"held_out_loss\"");
    }

    @Test
    void sameRuns_giveTheSameBytes() throws Exception {
        Path again = Report.write(runs, directory.resolve("again.html")).get(0);
        assertThat(Files.readString(again)).isEqualTo(page);
    }

    @Test
    void policy_allowsNothingButThePagesOwnStyleAndScripts() throws Exception {
        String policy =
                find("Content-Security-Policy\" content=\"([^\"]*)\"").get(0).replace("&#39;", "'");
        List<String> allowed = new ArrayList<>();
        for (String element : List.of("style", "script")) {
            for (String content : find("<" + element + ">(.*?)</" + element + ">")) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
                allowed.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
            }
        }
        // the style, two libraries, the page's own script
        assertThat(allowed).hasSize(4);
        assertThat(policy)
                .isEqualTo("default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + allowed.get(0)
                        + "; script-src " + String.join(" ", allowed.subList(1, 4)));
    }

    @Test
    void elements_askNothingOfAnyOtherPlace_andCarryNoHandlers() {
        String markup = page.replaceAll("(?s)<(style|script)[^>]*>.*?</\\1>", "");
        assertThat(find(markup, "\\s(src|srcset|data|action|on\\w+|style)\\s*=\\s*\""))
                .isEmpty();
        assertThat(find(markup, "href=\"([^#][^\"]*)\"")).isEmpty();
        assertThat(markup).doesNotContain("<link", "<iframe", "<object", "<img");
        assertThat(page).doesNotContain("sourceMappingURL");
    }

    @Test
    void hostileOutput_comesThroughAsText() throws Exception {
        assertThat(page).doesNotContain("<script>window.broken", "<img src=x", "<svg/onload", "<b>mixed</b>");
        // two libraries and the page's own script; all else is data
        assertThat(find("<script[^>]*>")).hasSize(3 + Islands.names(page).size());
        List<String> responses = new ArrayList<>();
        for (String name : Islands.names(page)) {
            if (name.matches("samples-\\d+-\\d+")) {
                for (JsonNode item : Islands.read(page, name)) {
                    item.get("r")
                            .forEach(answer -> responses.add(answer.path("a").asText()));
                    responses.add(item.path("c").path(1).asText());
                }
            }
        }
        for (String hostile : ReportFixture.HOSTILE) {
            assertThat(responses).anyMatch(response -> response.contains(hostile));
        }
    }

    @Test
    void bidirectionalCharactersInNames_areWrittenOut() {
        assertThat(page).doesNotContain("\u202e").contains("raw-text &lt;b&gt;mixed&lt;/b&gt; [U+202E]evil");
    }

    @Test
    void everySection_isThere() {
        assertThat(find("<section id=\"(\\w+)\""))
                .containsExactly(
                        "findings",
                        "leaderboard",
                        "comparison",
                        "forgetting",
                        "suites",
                        "judged",
                        "training",
                        "recipes",
                        "samples",
                        "provenance");
    }

    @Test
    void firstScreen_saysWhoComesFirst_besideWhom_andWhatWasLost() throws Exception {
        SmallRuns small = new SmallRuns(directory);
        Path base = small.write(
                "base",
                null,
                "",
                1,
                Map.of("x", SmallRuns.right("0".repeat(20)), "y", SmallRuns.right("1".repeat(20))),
                "1");
        Path good = small.write(
                "good",
                "good",
                "mask: response\n",
                1,
                Map.of("x", SmallRuns.right("1".repeat(20)), "y", SmallRuns.right("0".repeat(20))),
                "1");
        Path next = small.write(
                "next",
                "next",
                "mask: all\n",
                1,
                Map.of("x", SmallRuns.right("0".repeat(20)), "y", SmallRuns.right("0".repeat(20))),
                "1");
        String whole = Files.readString(Report.write(List.of(base, good, next), directory.resolve("report.html"))
                .get(0));
        String findings =
                find(whole, "(?s)<section id=\"findings\".*?</section>", 0).get(0);
        assertThat(findings)
                .contains(
                        "good comes first: it won 2 of its 4 comparisons with other models and lost 1.",
                        "<dt>Beside next, the next</dt><dd>Better on x by 100.0 points (",
                        "not told apart on 1 suite.",
                        "<dt>Beside the base, base</dt><dd>Better on x by 100.0 points (",
                        "<dt>Worse than the base</dt><dd>on y: all 2 recipes.</dd>");
        assertThat(whole)
                .contains("href=\"#compare/good/next\""
                        + " title=\"good beside next: better on x; worse on none; not told apart on 1\">1 : 0</a>");
    }

    @Test
    void paths_areShownByTheirEnds_andListsAsOneSetting() throws Exception {
        SmallRuns small = new SmallRuns(directory);
        List<String> files = List.of("/far/away/a/facts.json", "/far/away/b/facts.json");
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String yaml =
                    "data:\n  - path: " + files.get(i) + "\nlora:\n  targets: [q_proj, " + "kv".charAt(i) + "_proj]\n";
            folders.add(small.write("r" + i, "r" + i, yaml, 1, Map.of("x", SmallRuns.right("01")), "1"));
        }
        assertThat(Files.readString(
                        Report.write(folders, directory.resolve("report.html")).get(0)))
                .contains(">a/facts.json</td>", "<code>lora.targets</code>", ">q_proj, k_proj</td>")
                .doesNotContain("/far/away");
    }

    @Test
    void recipes_differOnlyWhereTheyDiffer() {
        String recipes = find("(?s)<section id=\"recipes\".*?</section>", 0).get(0);
        assertThat(recipes.substring(0, recipes.indexOf("<details>")))
                .contains("<code>mask</code>", "<code>method</code>", "<code>optimizer.learning_rate</code>")
                .doesNotContain("<code>seed</code>", "<code>max_length</code>");
    }

    @Test
    void ratings_haveASectionOfTheirOwn() throws Exception {
        Path ratings = directory.resolve("ratings.json");
        Metric mean = new Metric(3.5, 0.2, List.of(3.1, 3.9));
        AtomicFiles.writeJson(
                ratings,
                new Ratings(
                        Ratings.SCHEMA,
                        List.of("helpfulness"),
                        Map.of("<b>base", new Ratings.OfModel(12, 4, Map.of("helpfulness", mean))),
                        List.of(new Ratings.Row("r1", "ann", "<b>base", "p1", Map.of("helpfulness", 4), null)),
                        List.of(new Ratings.Unusable("ann.csv", 7, null, "no rating"))));
        Path base = new SmallRuns(directory).base("base", "0110");
        String rated = Files.readString(Report.read(List.of(base), rated(ratings))
                .write(directory.resolve("report.html"))
                .get(0));
        assertThat(rated)
                .contains(
                        "<section id=\"ratings\"",
                        "by 1 rater,",
                        "1 row of the sheets could not be used",
                        "3.10 to 3.90")
                .contains("&lt;b&gt;base");
    }

    @Test
    void agreementAndRanking_standWithTheRatings() throws Exception {
        Path ratings = directory.resolve("ratings.json");
        Metric alpha = new Metric(0.61, 0.05, List.of(0.5, 0.7));
        AtomicFiles.writeJson(
                ratings,
                new Ratings(
                        Ratings.SCHEMA,
                        List.of("accuracy"),
                        Map.of("base", new Ratings.OfModel(12, 4, Map.of())),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        new RatingAgreement(
                                Map.of(
                                        "accuracy",
                                        new RatingAgreement.OfDimension(
                                                "ordinal",
                                                12,
                                                24,
                                                alpha,
                                                Map.of(),
                                                0.4,
                                                0.75,
                                                List.of(new RatingAgreement.Pair(
                                                        "ann", "bob", 12, 0.75, 0.5, 0.6, 0.7)))),
                                List.of(new RatingAgreement.OfRater(
                                        "ann",
                                        12,
                                        3,
                                        Map.of("accuracy", new RatingAgreement.Drift("raters", 12, alpha, null)),
                                        Map.of("accuracy", new RatingAgreement.Consistency(4, 0.5, 0.5)),
                                        Map.of(),
                                        null))),
                        new Rankings(
                                "pairs",
                                30,
                                2,
                                1,
                                List.of(
                                        new Rankings.Ranked("masked", alpha, 1, 2, alpha, 30),
                                        new Rankings.Ranked("base", alpha, 2, 2, alpha, 30)),
                                List.of(new Rankings.Wins("masked", "base", 17, 10, 2, 1))),
                        new JudgeAgreement(
                                "gpt-4",
                                "mt_bench",
                                12,
                                Map.of("overall", new JudgeAgreement.Correlation(12, 0.3, alpha)),
                                new JudgeAgreement.Pairs(20, 0.8, 15, 0.9, 0.6))));
        Path base = new SmallRuns(directory).base("base", "0110");
        assertThat(Files.readString(Report.read(List.of(base), rated(ratings))
                        .write(directory.resolve("report.html"))
                        .get(0)))
                .contains("<b>0.61</b> <span class=\"pm\">0.50 to 0.70</span>", "ann and bob 0.70", "accuracy 50 %")
                .contains(
                        "17 : 10, 2 tied",
                        ">1 to 2</td>",
                        "of 20 pairs of responses it orders 80.0 % as the raters do");
    }

    @Test
    void judgedAnswers_haveTurnsARadarAndWhatDependsOnThePosition() {
        String judged = find("(?s)<section id=\"judged\".*?</section>", 0).get(0);
        assertThat(judged)
                .contains("First turn", "Second turn", "8 of 32", "a local checkpoint")
                .contains("8 judgments that changed with the position", "lora-seed1 first: embedded.")
                .contains("href=\"#sample/mt_bench/turn%2F1-2/lora-seed1/embedded\"");
        JsonNode radar = Islands.read(page, "radars").get(0);
        assertThat(radar.get("categories")).hasSize(4);
        assertThat(radar.get("runs")).hasSize(8);
    }

    @Test
    void ratingsThatAreNotWhole_areRefused() throws Exception {
        Path ratings = Files.writeString(directory.resolve("ratings.json"), "{\"schema\":1,");
        Path base = new SmallRuns(directory).base("base", "0110");
        assertThatThrownBy(() -> Report.read(List.of(base), rated(ratings)).write(directory.resolve("report.html")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a whole ratings.json");
    }

    @Test
    void oneModelOnly_saysThereIsNothingToCompare() throws Exception {
        Path base = new SmallRuns(directory).base("base", "0110");
        String alone = Files.readString(
                Report.write(List.of(base), directory.resolve("report.html")).get(0));
        assertThat(alone)
                .contains("There is one model only, so there is nothing to compare.", "<section id=\"leaderboard\"")
                .doesNotContain("<section id=\"forgetting\"", "<section id=\"training\"");
    }

    @Test
    void suiteWithoutSamples_isSaid() throws Exception {
        Path run = new SmallRuns(directory)
                .write("a", null, "", 1, Map.of("mmlu", SmallRuns.right("01"), "hellaswag", List.of()), "1");
        assertThat(Files.readString(Report.write(List.of(run), directory.resolve("report.html"))
                        .get(0)))
                .contains("Suite &#39;hellaswag&#39; has no scored samples and is not in the tables.");
    }

    @Test
    void halfWrittenFolder_isRefused_andNothingIsWritten() throws Exception {
        Path run = new SmallRuns(directory).base("base", "0110");
        Files.writeString(run.resolve("run.json"), "{\"schema\":1,\"na");
        Path out = directory.resolve("out/report.html");
        assertThatThrownBy(() -> Report.write(List.of(run), out))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a whole run.json");
        assertThat(out.getParent()).doesNotExist();
    }

    @Test
    void halfWrittenSamples_areRefusedWithTheirLine() throws Exception {
        Path run = new SmallRuns(directory).base("base", "0110");
        Files.writeString(run.resolve("samples/mmlu.jsonl"), "{\"id\":\"item0\",\"scores\":{\"acc\":1}}\n{\"id\":\"it");
        assertThatThrownBy(() -> Report.write(List.of(run), directory.resolve("report.html")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mmlu.jsonl line 2");
    }

    private static List<String> find(String pattern) {
        return find(page, pattern);
    }

    private static List<String> find(String pattern, int group) {
        return find(page, pattern, group);
    }

    private static List<String> find(String text, String pattern) {
        return find(text, pattern, pattern.contains("(") ? 1 : 0);
    }

    private static List<String> find(String text, String pattern, int group) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(group));
        }
        return found;
    }

    private static Report.Presentation rated(Path ratings) {
        return new Report.Presentation("Rated", ratings);
    }
}

package org.tunebench.train.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.core.record.CheckRecord.Sample;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.record.CheckRecord.Source;
import org.tunebench.core.record.CheckRecord.Token;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.CharacterTokenizer;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.train.batch.Tokenization;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.filter.SuiteTexts;
import org.tunebench.train.recipe.Recipe;

/** Each finding in a small world in which it is there, and in one in which it is not. A token is a character. */
class DataCheckTest {
    private static final CharacterTokenizer TOKENIZER = new CharacterTokenizer(true);
    private static final ChatTemplate PAPER = ChatTemplates.named("paper", TOKENIZER);
    private static final String TURNS =
            "{%% for m in messages %%}{%% if m.role == 'assistant' %%}<|assistant|>%s{%% else %%}<|{{ m.role }}|>"
                    + "{{ m.content }}<|end|>{%% endif %%}{%% endfor %%}{%% if add_generation_prompt %%}%s{%% endif %%}";

    private static final String ANSWER = "{% generation %}{{ m.content }}<|end|>{% endgeneration %}";

    @TempDir
    Path folder;

    private List<SuiteTexts> suites = List.of();
    private ChatTemplate template = PAPER;

    @Test
    void cleanData_isInOrderThroughout() {
        CheckRecord check = check("", talk("Name a colour.", "Red."), talk("Add 1 and 2.", "That is 3."));

        assertThat(check.findings()).allSatisfy(f -> assertThat(f.severity()).isEqualTo(Severity.OK));
        assertThat(check.findings())
                .extracting(Finding::name)
                .containsExactly(
                        "no_supervised_token",
                        "responses_cut",
                        "end_of_turn",
                        "round_trip",
                        "special_tokens",
                        "special_tokens_in_raw_text",
                        "exact_duplicates",
                        "near_duplicates",
                        "bad_records");
        assertThat(check.spoils()).isFalse();
    }

    @Test
    void examplesWithoutSupervisedTokens_spoilAboveFivePercent() {
        String system = "{\"messages\": [" + turn("system", "Be kind.") + ", " + turn("user", "Hi") + ", "
                + turn("assistant", "Hello") + "]}";
        List<String> nineteen = Collections.nCopies(19, system);

        Finding none = finding("no_supervised_token", check("supervise: [system]", lines(nineteen)));
        Finding one = finding("no_supervised_token", check("supervise: [system]", lines(nineteen, talk("a", "b"))));
        Finding two = finding(
                "no_supervised_token", check("supervise: [system]", lines(nineteen, talk("a", "b"), talk("c", "d"))));
        Finding all = finding("no_supervised_token", check("supervise: [system]", talk("a", "b")));

        assertThat(none.severity()).isEqualTo(Severity.OK);
        assertThat(one.severity()).isEqualTo(Severity.WARN);
        assertThat(one.extent()).isEqualTo("1 of 20 examples (5.00 %)");
        assertThat(two.severity()).isEqualTo(Severity.SPOILS);
        assertThat(two.cases()).extracting(CheckRecord.Case::id).containsExactly("a.jsonl:20", "a.jsonl:21");
        assertThat(all.severity()).isEqualTo(Severity.SPOILS);
    }

    @Test
    void conversationsThatDoNotFit_areCountedBySupervisedTokens() {
        String whole = talk("a", "0123456789");

        Finding fits = finding("responses_cut", check("max_length: 60", whole));
        CheckRecord cut = check("max_length: 60", whole, talk("b", "x".repeat(60)));

        assertThat(fits.severity()).isEqualTo(Severity.OK);
        assertThat(fits.of()).isEqualTo(11);
        Finding lost = finding("responses_cut", cut);
        assertThat(lost.severity()).isEqualTo(Severity.SPOILS);
        assertThat(lost.extent()).isEqualTo("61 of 72 supervised tokens (84.72 %)");
        assertThat(lost.cases().get(0).what()).startsWith("loses 61 of 61 supervised tokens");
        assertThat(cut.sources().get(0).dropped()).isEqualTo(Map.of("too_long", 1L));
        assertThat(sample("cut", cut).fate())
                .isEqualTo("left out: its newest exchange does not fit into max_length 60");
    }

    @Test
    void endOfTurnOutsideTheMarkedAnswer_spoils_andInsideDoesNot() {
        String talk = talk("a", "b");
        template = jinja(ANSWER, "<|assistant|>");
        Finding inside = finding("end_of_turn", check("", talk));
        template = jinja("{% generation %}{{ m.content }}{% endgeneration %}<|end|>", "<|assistant|>");
        Finding outside = finding("end_of_turn", check("", talk));
        Finding unmasked = finding("end_of_turn", check("mask: all", talk));

        assertThat(inside.extent()).isEqualTo("0 of 1 supervised turns (0.00 %)");
        assertThat(outside.extent()).isEqualTo("1 of 1 supervised turns (100.00 %)");
        assertThat(outside.severity()).isEqualTo(Severity.SPOILS);
        assertThat(unmasked.severity()).isEqualTo(Severity.OK);
    }

    @Test
    void endOfSequenceBehindTheAnswer_countsAsTheEnd() {
        template = jinja("{% generation %}{{ m.content }}{% endgeneration %}", "<|assistant|>");

        assertThat(finding("end_of_turn", check("", talk("a", "b"))).severity()).isEqualTo(Severity.OK);
    }

    @Test
    void generationPromptThatIsNotTrained_spoils_andOneThatIsDoesNot() {
        String talk = "{\"messages\": [" + turn("user", "a") + ", " + turn("assistant", "b") + ", " + turn("user", "c")
                + ", " + turn("assistant", "d") + "]}";
        template = jinja(ANSWER, "<|assistant|>");
        Finding same = finding("round_trip", check("", talk));
        Finding last = finding("round_trip", check("mask: last_turn", talk));
        template = jinja(ANSWER, "<|assistant|>\n");
        Finding other = finding("round_trip", check("", talk));

        assertThat(same.extent()).isEqualTo("0 of 2 prompts (0.00 %)");
        assertThat(last.of()).isEqualTo(1);
        assertThat(other.extent()).isEqualTo("2 of 2 prompts (100.00 %)");
        assertThat(other.severity()).isEqualTo(Severity.SPOILS);
        assertThat(other.cases().get(0).what())
                .isEqualTo(
                        "from token 6 on: sent \"\\n\" [10], trained \"b<|end|><|user|>c<|end|><|assistant|>d<|end|>\""
                                + " [98, " + CharacterTokenizer.END + ", " + CharacterTokenizer.id("<|user|>") + "]");
    }

    @Test
    void textsThatHoldSpecialTokens_spoilAboveOnePercent() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            many.add(talk("question " + i, "answer"));
        }
        Finding none = finding("special_tokens", check("", lines(many)));
        Finding one = finding("special_tokens", check("", lines(many, talk("strike <s>this</s>", "no"))));
        Finding two = finding(
                "special_tokens",
                check("", lines(many, talk("strike <s>this</s>", "no"), talk("and", "then<|end|><|user|>"))));

        assertThat(none.severity()).isEqualTo(Severity.OK);
        assertThat(one.severity()).isEqualTo(Severity.WARN);
        assertThat(two.severity()).isEqualTo(Severity.SPOILS);
        assertThat(two.cases())
                .extracting(CheckRecord.Case::what)
                .containsExactly("<s> in message 1 (user)", "<|end|> in message 2 (assistant)");
    }

    @Test
    void rawTextsThatHoldSpecialTokens_areAWarning() {
        CheckRecord check = check("", "{\"text\": \"One\"}", "{\"text\": \"A document</s>and the next\"}");

        assertThat(finding("special_tokens", check).of()).isZero();
        assertThat(finding("special_tokens", check).severity()).isEqualTo(Severity.OK);
        assertThat(finding("special_tokens_in_raw_text", check).severity()).isEqualTo(Severity.WARN);
        assertThat(finding("special_tokens_in_raw_text", check).extent()).isEqualTo("1 of 2 raw texts (50.00 %)");
    }

    @Test
    void duplicates_areToldFromNearOnes() {
        String long1 =
                talk("Tell me how a bicycle keeps upright", "Because the rider steers into the fall all the time.");
        String long2 =
                talk("Tell me how a bicycle keeps upright", "Because the rider steers into the fall all the time!!");
        String other = talk("Name a river in Africa", "The Nile");

        CheckRecord both = check("", long1, long1, long2, other);
        CheckRecord none = check("", long1, other);

        assertThat(finding("exact_duplicates", both).extent()).isEqualTo("1 of 4 examples (25.00 %)");
        assertThat(finding("exact_duplicates", both).severity()).isEqualTo(Severity.WARN);
        assertThat(finding("near_duplicates", both).extent()).isEqualTo("1 of 3 examples (33.33 %)");
        assertThat(finding("near_duplicates", both).cases().get(0).what()).isEqualTo("nearly the same as a.jsonl:1");
        assertThat(finding("exact_duplicates", none).severity()).isEqualTo(Severity.OK);
        assertThat(finding("near_duplicates", none).severity()).isEqualTo(Severity.OK);
        assertThat(both.spoils()).isFalse();
    }

    @Test
    void overlapWithASuite_isToldForEachSuite() {
        String run = "one two three four five six seven eight nine ten eleven twelve thirteen";
        suites =
                List.of(new SuiteTexts("numbers", List.of(run)), new SuiteTexts("letters", List.of("a b c d e f g h")));

        List<String> many = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            many.add(talk("question " + i, "answer"));
        }
        CheckRecord check = check("", lines(many, talk("Go on: " + run, "fourteen")));
        CheckRecord worse = check("", talk("Go on: " + run, "fourteen"), talk("Hi", "Hello"));

        assertThat(finding("suite_overlap", worse).severity()).isEqualTo(Severity.SPOILS);
        List<Finding> overlaps = check.findings().stream()
                .filter(f -> f.name().equals("suite_overlap"))
                .toList();
        assertThat(overlaps).extracting(Finding::about).containsExactly("numbers", "letters");
        assertThat(overlaps).extracting(Finding::count).containsExactly(1L, 0L);
        assertThat(overlaps).extracting(Finding::severity).containsExactly(Severity.WARN, Severity.OK);
    }

    @Test
    void badRecords_areListedWithTheirLines() {
        CheckRecord check = check("bad_records: 0.5", talk("a", "b"), "{\"messages\": 3}", talk("c", "d"));

        Finding bad = finding("bad_records", check);
        assertThat(bad.extent()).isEqualTo("1 of 3 records (33.33 %)");
        assertThat(bad.severity()).isEqualTo(Severity.WARN);
        assertThat(check.badRecords()).hasSize(1);
        assertThat(check.badRecords().get(0).id()).isEqualTo("a.jsonl:2");
        assertThat(check.sources().get(0).dropped()).isEqualTo(Map.of("bad_record", 1L));
    }

    @Test
    void counts_areThoseOfWhatIsTrained() {
        CheckRecord check = check(
                "max_length: 60\nfilters: [{name: exact_duplicates}]",
                record("category", "coding", "a", "b"),
                record("category", "coding", "a", "b"),
                record("category", "extraction", "c", "dd"),
                record("task", "long", "c", "x".repeat(80)));

        Source source = check.sources().get(0);
        assertThat(source.read()).isEqualTo(4);
        assertThat(source.used()).isEqualTo(2);
        assertThat(source.dropped()).isEqualTo(Map.of("exact_duplicates", 1L, "too_long", 1L));
        assertThat(check.totals().examples()).isEqualTo(3);
        assertThat(check.totals().used()).isEqualTo(2);
        // <s><|user|>\na<|end|>\n<|assistant|>\nb<|end|>\n: 12 tokens, 2 of them supervised; the other has one more
        // each
        assertThat(check.totals().tokens()).isEqualTo(23);
        assertThat(check.totals().supervisedTokens()).isEqualTo(5);
        assertThat(check.groups().keySet()).containsExactly("category");
        assertThat(check.groups().get("category"))
                .extracting(CheckRecord.Group::name)
                .containsExactly("coding", "extraction");
        assertThat(check.lengths()).extracting(CheckRecord.Lengths::most).containsExactly(2, 1, 90, 81);
    }

    @Test
    void samples_showEveryTokenWithItsMask() {
        Sample sample = sample("random", check("", talk("ab", "cd")));

        assertThat(text(sample.start())).isEqualTo("<s><|user|>\nab<|end|>\n<|assistant|>\ncd<|end|>\n");
        assertThat(text(sample.start().stream().filter(Token::supervised).toList()))
                .isEqualTo("cd<|end|>");
        assertThat(text(sample.start().stream().filter(Token::special).toList()))
                .isEqualTo("<s><|user|><|end|><|assistant|><|end|>");
        assertThat(sample.supervisedTokens()).isEqualTo(3);
        assertThat(sample.leftOut()).isZero();
    }

    @Test
    void samples_areTheSameForTheSameSeed_andBounded() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            many.add(talk("question " + i, "answer ".repeat(i % 40) + i));
        }
        CheckRecord once = check("seed: 7", lines(many));
        CheckRecord again = check("seed: 7", lines(many));
        CheckRecord other = check("seed: 8", lines(many));

        assertThat(Json.text(once, false)).isEqualTo(Json.text(again, false));
        assertThat(ids("random", once)).hasSize(6).isNotEqualTo(ids("random", other));
        assertThat(ids("longest", once)).containsExactly("a.jsonl:120", "a.jsonl:160");
        assertThat(once.samples()).hasSizeLessThan(25);
    }

    @Test
    void longExample_isShownByItsTwoEnds() {
        Sample sample = sample("longest", check("", "{\"text\": \"" + "0123456789".repeat(60) + "\"}"));

        assertThat(sample.length()).isEqualTo(602);
        assertThat(sample.start()).hasSize(200);
        assertThat(sample.leftOut()).isEqualTo(302);
        assertThat(sample.end()).hasSize(100);
        assertThat(text(sample.end())).endsWith("789</s>");
        assertThat(sample.fate()).isEqualTo("made into 2 examples");
    }

    private static String text(List<Token> tokens) {
        return tokens.stream().map(Token::text).collect(Collectors.joining());
    }

    private static List<String> ids(String kind, CheckRecord check) {
        return check.samples().stream()
                .filter(s -> s.kinds().contains(kind))
                .map(Sample::id)
                .sorted()
                .toList();
    }

    private static Sample sample(String kind, CheckRecord check) {
        return check.samples().stream()
                .filter(s -> s.kinds().contains(kind))
                .findFirst()
                .orElseThrow();
    }

    private static Finding finding(String name, CheckRecord check) {
        return check.findings().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ChatTemplate jinja(String answer, String prompt) {
        return ChatTemplates.jinja("test", String.format(TURNS, answer, prompt), "<s>", "</s>");
    }

    private static String talk(String user, String assistant) {
        return "{\"messages\": [" + turn("user", user) + ", " + turn("assistant", assistant) + "]}";
    }

    private static String record(String field, String value, String user, String assistant) {
        return talk(user, assistant).replaceFirst("}$", "") + ", \"" + field + "\": \"" + value + "\"}";
    }

    private static String turn(String role, String content) {
        return "{\"role\": \"" + role + "\", \"content\": " + Json.text(content, false) + "}";
    }

    private static String[] lines(List<String> many, String... more) {
        List<String> all = new ArrayList<>(many);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private CheckRecord check(String keys, String... records) {
        try {
            Files.writeString(folder.resolve("a.jsonl"), String.join("\n", records) + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Recipe recipe = Recipe.parse("data: [{path: a.jsonl}]\n" + keys + "\n", folder.resolve("r.yaml"));
        DataCheck check = new DataCheck(recipe, "base", suites);
        check.begin(template, TOKENIZER);
        try (Tokenization tokenization = new Tokenization(recipe, template, TOKENIZER, check)) {
            List<SourceCounts> counts = Dataset.stream(recipe.dataMixture(), tokenization::add);
            check.end(counts, tokenization.finish());
        }
        return check.record();
    }
}

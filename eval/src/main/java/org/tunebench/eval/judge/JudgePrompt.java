package org.tunebench.eval.judge;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.record.Json;

/**
 * A prompt of MT-Bench, in FastChat's own words (0e6d3e4, judge_prompts.jsonl; see NOTICE). Which of the eight is used follows
 * from what is judged: one answer or two, with or without reference answers, one turn or two.
 *
 * @param name e.g. {@code single-math-v1-multi-turn}
 * @param systemPrompt the judge's role
 * @param promptTemplate text with placeholders such as {@code {question}}
 */
record JudgePrompt(String name, String systemPrompt, String promptTemplate) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+(?:_[a-z]+)*(?:_[12])?)}");
    private static final Map<String, JudgePrompt> ALL = read();

    /** The prompt that asks for a rating of an exchange. */
    static JudgePrompt of(Exchange exchange) {
        return of(exchange.references().isEmpty() ? "single-v1" : "single-math-v1", exchange);
    }

    /** The prompt that asks which of two exchanges is better. */
    static JudgePrompt of(Comparison comparison) {
        return of(comparison.a().references().isEmpty() ? "pair-v2" : "pair-math-v1", comparison.a());
    }

    private static JudgePrompt of(String name, Exchange exchange) {
        String turns = exchange.questions().size() > 1 ? "-multi-turn" : "";
        return Objects.requireNonNull(ALL.get(name + turns), name);
    }

    static PromptedJudge.Asked asked(Exchange exchange) {
        Map<String, String> texts = questions(exchange);
        putTurns(texts, "answer", exchange.answers());
        return of(exchange).filled(texts);
    }

    static PromptedJudge.Asked asked(Comparison comparison) {
        Map<String, String> texts = questions(comparison.a());
        putTurns(texts, "answer_a", comparison.a().answers());
        putTurns(texts, "answer_b", comparison.b().answers());
        return of(comparison).filled(texts);
    }

    private static Map<String, String> questions(Exchange exchange) {
        Map<String, String> texts = new HashMap<>();
        putTurns(texts, "question", exchange.questions());
        putTurns(texts, "ref_answer", exchange.references());
        return texts;
    }

    /** Prompts of one turn name a text without its number. */
    private static void putTurns(Map<String, String> texts, String name, List<String> turns) {
        for (int turn = 0; turn < turns.size(); turn++) {
            texts.putIfAbsent(name, turns.get(turn));
            texts.put(name + "_" + (turn + 1), turns.get(turn));
        }
    }

    /** The template with texts in their places; braces within a text stay as they are. */
    private PromptedJudge.Asked filled(Map<String, String> texts) {
        String user = PLACEHOLDER
                .matcher(promptTemplate)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Objects.requireNonNull(texts.get(match.group(1)), match.group(1))));
        return new PromptedJudge.Asked(name, systemPrompt, user);
    }

    private static Map<String, JudgePrompt> read() {
        try (InputStream in = Objects.requireNonNull(JudgePrompt.class.getResourceAsStream("judge_prompts.jsonl"));
                MappingIterator<JudgePrompt> prompts =
                        Json.MAPPER.readerFor(JudgePrompt.class).readValues(in)) {
            Map<String, JudgePrompt> all = new HashMap<>();
            prompts.forEachRemaining(prompt -> all.put(prompt.name(), prompt));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the judge's prompts", e);
        }
    }
}

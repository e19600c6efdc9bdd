package org.tunebench.eval.judge;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.record.Json;

/**
 * A prompt of MT-Bench's single-answer grading, in FastChat's own words (0e6d3e4, judge_prompts.jsonl; see NOTICE). Which of
 * the four is used follows from the exchange: with or without reference answers, one turn or two.
 *
 * @param name e.g. {@code single-math-v1-multi-turn}
 * @param systemPrompt the judge's role
 * @param promptTemplate text with placeholders such as {@code {question}}
 */
record JudgePrompt(String name, String systemPrompt, String promptTemplate) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+(?:_[a-z]+)*(?:_[12])?)}");
    private static final Map<String, JudgePrompt> ALL = read();

    /** The prompt for an exchange. */
    static JudgePrompt of(Exchange exchange) {
        String name = (exchange.references().isEmpty() ? "single-v1" : "single-math-v1")
                + (exchange.questions().size() > 1 ? "-multi-turn" : "");
        return Objects.requireNonNull(ALL.get(name), name);
    }

    /** The template with the exchange's texts in their places; braces within a text stay as they are. */
    String fill(Exchange exchange) {
        Map<String, String> texts = new HashMap<>();
        texts.put("question", exchange.questions().get(0));
        texts.put("answer", exchange.answers().get(0));
        for (int turn = 0; turn < exchange.questions().size(); turn++) {
            texts.put("question_" + (turn + 1), exchange.questions().get(turn));
            texts.put("answer_" + (turn + 1), exchange.answers().get(turn));
        }
        for (int turn = 0; turn < exchange.references().size(); turn++) {
            texts.put("ref_answer_" + (turn + 1), exchange.references().get(turn));
        }
        return PLACEHOLDER
                .matcher(promptTemplate)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Objects.requireNonNull(texts.get(match.group(1)), match.group(1))));
    }

    private static Map<String, JudgePrompt> read() {
        try (InputStream in = Objects.requireNonNull(JudgePrompt.class.getResourceAsStream("single_prompts.jsonl"));
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

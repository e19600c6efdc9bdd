package org.tunebench.eval.suite;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.eval.engine.Answering;
import org.tunebench.eval.engine.PromptFormat;

/**
 * The YAML file of an own suite; {@link org.tunebench.core.input.StrictYaml} reads it.
 *
 * <pre>{@code
 * name: capitals
 * type: exact_match            # multiple_choice, exact_match, pattern_match or judged
 * data: capitals.jsonl         # one JSON object a line, or .csv with a header; relative to this file
 * fields: {prompt: question}   # names in the data, where they differ from the defaults
 * normalise: [trim, lowercase]
 * }</pre>
 *
 * @param name letters, digits, underscores and hyphens; names the suite in results
 * @param version of the data and of what is in this file; default 1
 * @param description one line for people
 * @param chat whether prompts go through the model's chat template; default false
 * @param delimiter between a plain prompt and a choice; default one space
 * @param maxNewTokens of an answer; default 64
 * @param temperature of the generation; default 0
 * @param stop texts that end an answer; default none
 * @param normalise what is done, in order, to an answer and to its targets before they are compared; default trim
 * @param extract a regular expression whose last match in an answer, or the match's first group, is what is compared;
 *     left out, the whole answer is
 */
record OwnSuiteFile(
        String name,
        Type type,
        String version,
        String description,
        Path data,
        Fields fields,
        Boolean chat,
        String delimiter,
        Integer maxNewTokens,
        Double temperature,
        List<String> stop,
        List<Normalisation> normalise,
        @Nullable Pattern extract) {
    enum Type {
        /** Choices scored by log-likelihood; {@code target} is the right one's index from 0, or its text. */
        MULTIPLE_CHOICE,
        /** An answer compared with {@code target}: one text, or a list of which any will do. */
        EXACT_MATCH,
        /** An answer in which {@code target}, a regular expression or a list of them, is found. */
        PATTERN_MATCH,
        /** An answer rated by the judge; {@code target} is the reference answer and may be left out. */
        JUDGED
    }

    /**
     * Names of the data's fields; id and group may be absent from the data.
     *
     * @param choices one field that holds a list, or several that hold a choice each
     */
    record Fields(
            String id,
            String group,
            String prompt,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> choices,

            String target) {
        static final Fields DEFAULT = new Fields("id", "group", "prompt", List.of("choices"), "target");

        Fields {
            id = id == null ? "id" : id;
            group = group == null ? "group" : group;
            prompt = prompt == null ? "prompt" : prompt;
            choices = choices == null || choices.isEmpty() ? List.of("choices") : List.copyOf(choices);
            target = target == null ? "target" : target;
        }
    }

    OwnSuiteFile {
        require("name", name);
        require("type", type);
        require("data", data);
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("name '" + name + "' has other than letters, digits, _ and -");
        }
        version = version == null ? "1" : version;
        description = description == null ? "own suite" : description;
        fields = fields == null ? Fields.DEFAULT : fields;
        chat = chat != null && chat;
        delimiter = delimiter == null ? MultipleChoice.DELIMITER : delimiter;
        maxNewTokens = maxNewTokens == null ? 64 : maxNewTokens;
        temperature = temperature == null ? 0.0 : temperature;
        stop = stop == null ? List.of() : List.copyOf(stop);
        normalise = normalise == null ? List.of(Normalisation.TRIM) : List.copyOf(normalise);
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("max_new_tokens is " + maxNewTokens + ", must be 1 or more");
        }
        if (temperature < 0) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be 0 or more");
        }
    }

    /** How its questions are answered. */
    Answering answering(PromptFormat format, long seed) {
        return new Answering(format, maxNewTokens, Sampling.at(temperature, seed), stop);
    }

    /** The part of an answer that is compared; null where the pattern for it is not found. */
    @Nullable
    String extracted(String answer) {
        if (extract == null) {
            return answer;
        }
        Matcher matcher = extract.matcher(answer);
        String last = null;
        while (matcher.find()) {
            last = matcher.group(matcher.groupCount() > 0 ? 1 : 0);
        }
        return last;
    }

    private static void require(String key, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
    }
}

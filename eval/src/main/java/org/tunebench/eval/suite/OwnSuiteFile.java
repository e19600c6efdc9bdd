package org.tunebench.eval.suite;

import java.nio.file.Path;
import java.util.List;

/**
 * The YAML file of an own suite; {@link org.tunebench.core.input.StrictYaml} reads it.
 *
 * <pre>{@code
 * name: capitals
 * type: exact_match            # multiple_choice, exact_match or judged
 * data: capitals.jsonl         # one JSON object a line, relative to this file
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
        List<Normalisation> normalise) {
    enum Type {
        /** Choices scored by log-likelihood; {@code target} is the right one's index from 0, or its text. */
        MULTIPLE_CHOICE,
        /** An answer compared with {@code target}: one text, or a list of which any will do. */
        EXACT_MATCH,
        /** An answer rated by the judge; {@code target} is the reference answer and may be left out. */
        JUDGED
    }

    /** Names of the data's fields; id and group may be absent from the data. */
    record Fields(String id, String group, String prompt, String choices, String target) {
        Fields {
            id = id == null ? "id" : id;
            group = group == null ? "group" : group;
            prompt = prompt == null ? "prompt" : prompt;
            choices = choices == null ? "choices" : choices;
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
        fields = fields == null ? new Fields("id", "group", "prompt", "choices", "target") : fields;
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

    private static void require(String key, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
    }
}

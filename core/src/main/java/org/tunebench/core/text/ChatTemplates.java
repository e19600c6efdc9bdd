package org.tunebench.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;

/**
 * Chat templates: the built-in ones and those that model folders carry.
 *
 * <ul>
 *   <li>{@code paper}: {@code <|user|>\n…<|end|>\n<|assistant|>\n…<|end|>\n}, as the concept paper has it;
 *   <li>{@code chatml}: {@code <|im_start|>user\n…<|im_end|>\n<|im_start|>assistant\n…<|im_end|>\n};
 *   <li>{@code alpaca}: the published Alpaca prompt with the response and the tokenizer's end-of-sequence token behind
 *       {@code ### Response:}. User messages come from {@link AlpacaPrompt#user}; a system message takes the place of the
 *       opening sentence; later turns follow as further Instruction and Response blocks;
 *   <li>{@code vicuna}: {@code A chat between … USER: … ASSISTANT: …}, then the end-of-sequence token, as FastChat's
 *       vicuna_v1.1 has it; a system message takes the place of the opening sentence;
 *   <li>{@code dolly}: {@code ### Instruction:} and {@code ### Response:} blocks, answers ended by {@code ### End}.
 * </ul>
 *
 * <p>Their sources mark assistant turns with {@code {% generation %}} and also work in transformers.
 */
public final class ChatTemplates {
    private static final List<String> BUILT_IN = List.of("paper", "chatml", "alpaca", "vicuna", "dolly");
    private static final String DEFAULT = "default";
    private static final String TOOL_USE = "tool_use";

    private ChatTemplates() {}

    /** The names of the built-in templates. */
    public static List<String> names() {
        return BUILT_IN;
    }

    /**
     * A built-in template by name, without a tokenizer: {@code alpaca} and {@code vicuna}, which need the end-of-sequence
     * token, refuse to render.
     *
     * @throws InputException where there is none of that name
     */
    public static ChatTemplate named(String name) {
        return builtIn(name, null, null);
    }

    /**
     * A built-in template by name, with the tokenizer's special tokens.
     *
     * @throws InputException where there is none of that name
     */
    public static ChatTemplate named(String name, Tokenizer tokenizer) {
        return builtIn(name, text(tokenizer, tokenizer.bosId()), text(tokenizer, tokenizer.eosId()));
    }

    private static ChatTemplate builtIn(String name, @Nullable String bos, @Nullable String eos) {
        KnownNames.require("chat template", name, BUILT_IN, "template");
        return jinja(name, builtInSource(name), bos, eos);
    }

    /**
     * The template of a model folder: chat_template.jinja, or the {@code chat_template} of tokenizer_config.json, which is a
     * text or a list of which the one named {@code default} is taken, and for conversations with tools {@code tool_use} where it
     * is there. It is named {@code model}, or as the built-in template that it equals.
     *
     * @return null where the folder has none
     * @throws InputException where a file cannot be read or the template is malformed
     */
    public static @Nullable ChatTemplate of(Path modelFolder, Tokenizer tokenizer) {
        Map<String, String> sources = sources(modelFolder);
        String source = sources.get(DEFAULT);
        if (source == null) {
            return null;
        }
        String name = BUILT_IN.stream()
                .filter(known -> builtInSource(known).equals(source))
                .findFirst()
                .orElse("model");
        String bos = text(tokenizer, tokenizer.bosId());
        String eos = text(tokenizer, tokenizer.eosId());
        ChatTemplate standard = jinja(name, source, bos, eos);
        String toolUse = sources.get(TOOL_USE);
        return toolUse == null ? standard : new ToolUseTemplate(standard, jinja(TOOL_USE, toolUse, bos, eos));
    }

    /**
     * A template from its source.
     *
     * @param bos the text of the beginning-of-sequence token, {@code bos_token} in the template
     * @param eos the text of the end-of-sequence token, {@code eos_token} in the template
     * @throws InputException where the source is malformed
     */
    public static ChatTemplate jinja(String name, String source, @Nullable String bos, @Nullable String eos) {
        return new JinjaChatTemplate(name, source, bos, eos);
    }

    /** By name; empty where the folder has none. */
    private static Map<String, String> sources(Path folder) {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            return Map.of(DEFAULT, read(file));
        }
        Path config = folder.resolve("tokenizer_config.json");
        JsonNode template = JsonFiles.readIfPresent(config)
                .map(c -> c.path("chat_template"))
                .orElse(null);
        if (template == null || template.isMissingNode() || template.isNull()) {
            return Map.of();
        } else if (template.isTextual()) {
            return Map.of(DEFAULT, template.asText());
        }
        Map<String, String> sources = new HashMap<>();
        for (JsonNode entry : template) {
            if (entry.path("template").isTextual()) {
                sources.put(entry.path("name").asText(), entry.path("template").asText());
            }
        }
        if (!sources.containsKey(DEFAULT)) {
            throw new InputException(
                    "chat_template is neither a text nor a list with a template named 'default'",
                    config.toString(),
                    "Name the template to use 'default'");
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new InputException("not UTF-8", file.toString(), "Save it as UTF-8", e);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + e.getMessage(), file.toString(), "Check the file", e);
        }
    }

    private static String builtInSource(String name) {
        try (InputStream in = Objects.requireNonNull(ChatTemplates.class.getResourceAsStream(name + ".jinja"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String text(Tokenizer tokenizer, OptionalInt id) {
        return id.isPresent() ? tokenizer.decode(new int[] {id.getAsInt()}, false) : null;
    }
}

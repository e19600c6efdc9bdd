package org.tunebench.core.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tunebench.core.input.InputException;

/** Tokenizers of model folders: tokenizer.json read by Hugging Face's own library, from the class path, offline. */
public final class Tokenizers {
    private static final Map<String, String> AS_THE_FILE_SAYS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    static {
        // The library would otherwise look for a GPU build of itself to download and report its use.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("RUST_FLAVOR", "cpu");
    }

    private Tokenizers() {}

    /**
     * The tokenizer of a model folder. Special tokens come from tokenizer_config.json, then special_tokens_map.json, then
     * the ids of config.json. Whether it {@linkplain Tokenizer#addsBos() adds a beginning-of-sequence token} is what
     * tokenizer.json's post-processor does, as in transformers 5.
     *
     * @throws InputException where the folder has no tokenizer.json, or one of the files cannot be read
     */
    public static Tokenizer load(Path modelFolder) {
        Path file = modelFolder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "no tokenizer.json",
                    "model folder " + modelFolder,
                    "Give a Hugging Face folder with a tokenizer.json; transformers writes one with"
                            + " AutoTokenizer.from_pretrained(…).save_pretrained(…)");
        }
        JsonFiles.requireStrict(file);
        Vocabulary vocabulary = Vocabulary.read(file);
        SpecialTokens special = SpecialTokens.read(modelFolder, vocabulary);
        return new HuggingFaceFolderTokenizer(open(file), vocabulary, special);
    }

    /**
     * The tokenizer of a model folder, for a model with so many rows in its embedding.
     *
     * @throws InputException as {@link #load(Path)}, and as {@link #requireEmbedded}
     */
    public static Tokenizer load(Path modelFolder, int embeddings) {
        Tokenizer tokenizer = load(modelFolder);
        requireEmbedded(tokenizer, embeddings, modelFolder);
        return tokenizer;
    }

    /** Refuses a tokenizer with ids that a model has no embedding for. */
    public static void requireEmbedded(Tokenizer tokenizer, int embeddings, Path modelFolder) {
        if (tokenizer.vocabularySize() > embeddings) {
            throw new InputException(
                    "the tokenizer has " + tokenizer.vocabularySize() + " ids, the model " + embeddings + " embeddings",
                    "model folder " + modelFolder,
                    "Use the tokenizer the model was trained with");
        }
    }

    private static HuggingFaceTokenizer open(Path file) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(Files.readAllBytes(file)), AS_THE_FILE_SAYS);
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    "not a tokenizer: " + e.getMessage(),
                    file.toString(),
                    "Save it again with transformers or the tokenizers library",
                    e);
        }
    }
}

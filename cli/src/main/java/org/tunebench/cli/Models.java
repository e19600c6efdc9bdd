package org.tunebench.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.OnnxLanguageModel;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;

/** Model folders by the names people give them: a path, or {@code embedded}. */
public final class Models {
    private static final String EMBEDDED = "embedded";

    private Models() {}

    public static Path folder(String name) {
        return name.equals(EMBEDDED) ? EmbeddedData.open().baseModel() : Path.of(name);
    }

    /** Opens a model folder; an adapter's base may be {@code embedded} too. */
    public static ModelFolder open(String name) {
        return ModelFolder.open(folder(name), Models::folder);
    }

    /** How records and adapters name a model: {@code embedded}, or the folder's absolute path. */
    public static String source(String name) {
        return name.equals(EMBEDDED)
                ? EMBEDDED
                : Path.of(name).toAbsolutePath().normalize().toString();
    }

    /** How results call a model: {@code embedded}, a run's checkpoint by its run's name, else the folder's own name. */
    public static String label(String name, ModelFolder folder) {
        if (name.equals(EMBEDDED)) {
            return EMBEDDED;
        }
        Path run = folder.path().toAbsolutePath().normalize().getParent();
        if (run == null || !folder.name().equals("checkpoint") || !Files.exists(run.resolve("run.json"))) {
            return folder.name();
        }
        return RunFolder.open(run).readRecord().name();
    }

    /**
     * Loads a model to score and generate with. A folder without a chat template gets the paper's.
     *
     * @param label the name in results
     */
    public static LanguageModel load(ModelFolder folder, String label, Device device) {
        Tokenizer tokenizer = Tokenizers.load(folder.tokenizerPath());
        ChatTemplate own = ChatTemplates.of(folder.tokenizerPath(), tokenizer);
        ChatTemplate template = own == null ? ChatTemplates.named("paper", tokenizer) : own;
        return OnnxLanguageModel.of(label, folder, device, tokenizer, template);
    }
}

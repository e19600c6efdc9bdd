package org.tunebench.train.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.Families;
import org.tunebench.core.model.InitialWeights;
import org.tunebench.core.testing.TinyTokenizer;

/** A random model of a few thousand parameters and 40 examples of counting to learn, in {@code data.jsonl}. */
final class SmallTask {
    private SmallTask() {}

    /** @return the base model's folder */
    static Path writeTo(Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        TinyTokenizer.writeTo(source);
        Files.writeString(source.resolve("config.json"), """
                {"model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
                 "num_key_value_heads": 1, "intermediate_size": 24, "vocab_size": 283, "rms_norm_eps": 1e-5,
                 "max_position_embeddings": 128, "tie_word_embeddings": true, "hidden_act": "silu",
                 "eos_token_id": 0, "torch_dtype": "float32"}
                """);
        Path base = folder.resolve("base");
        Architecture architecture = Families.read(source.resolve("config.json"));
        CheckpointFolder.writeModel(
                base, source, InitialWeights.of(architecture, 3), new CheckpointFolder.Prompting(null, List.of(0)));
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            int a = random.nextInt(10);
            lines.append("{\"prompt\": \"next of ")
                    .append(a)
                    .append("\", \"completion\": \"")
                    .append(a + 1)
                    .append("\"}\n");
        }
        Files.writeString(folder.resolve("data.jsonl"), lines);
        return base;
    }
}

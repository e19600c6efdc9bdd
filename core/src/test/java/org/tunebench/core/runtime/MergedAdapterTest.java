package org.tunebench.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Storage;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.testing.TinyModels;

class MergedAdapterTest {
    @TempDir
    Path root;

    @Test
    void score_mergedFolder_equalsTheAdapterOnItsBase() {
        Path base = TinyModels.writeTo(root.resolve("base"), "llama-tied");
        ModelFolder adapter = ModelFolder.open(TinyModels.writeAdapterTo(root.resolve("adapter")), name -> base);
        CheckpointFolder.writeWhole(root.resolve("merged"), adapter, Storage.FLOAT32);

        double[] merged = scores(ModelFolder.open(root.resolve("merged")));

        assertThat(merged).containsExactly(scores(adapter), within(1e-5));
        assertThat(merged[0]).isNotCloseTo(scores(ModelFolder.open(base))[0], within(1e-3));
    }

    private static double[] scores(ModelFolder folder) {
        try (LanguageModel model = OnnxLanguageModel.open(folder, Device.CPU)) {
            return model.score(List.of(new ScoreRequest(new int[] {5, 17}, new int[] {42, 3, 99, 7})))
                    .get(0)
                    .tokenLogProbs();
        }
    }
}

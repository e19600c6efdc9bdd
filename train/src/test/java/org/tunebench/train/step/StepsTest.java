package org.tunebench.train.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.batch.BatchPlan;
import org.tunebench.train.recipe.Recipe;

class StepsTest {
    @TempDir
    Path folder;

    private BatchPlan plan;

    @BeforeEach
    void planThirtySteps() throws IOException {
        Path base = SmallTask.writeTo(folder);
        Recipe recipe = Recipe.parse("""
                data: [{path: data.jsonl}]
                template: paper
                packing: true
                max_length: 64
                batch_size: 1
                steps: 30
                """, folder.resolve("recipe.yaml"));
        TrainingJob job = new TrainingJob(
                recipe, ModelFolder.open(base), "base", Device.CPU, folder.resolve("run"), "run", false);
        plan = Preparation.of(job).plan();
    }

    private List<Integer> calls(Steps steps) {
        List<Integer> calls = new ArrayList<>();
        for (int from = 0; from < plan.steps(); from += calls.get(calls.size() - 1)) {
            calls.add(steps.chunk(from).size());
        }
        return calls;
    }

    @Test
    void chunk_smallSteps_endsAtTensAndEvaluations() {
        assertThat(calls(new Steps(plan, Integer.MAX_VALUE, 1_000_000))).containsExactly(10, 10, 10);
        assertThat(calls(new Steps(plan, 7, 1_000_000))).containsExactly(7, 3, 4, 6, 1, 7, 2);
    }

    @Test
    void chunk_largeSteps_takesAsManyAsThePositionsAllow() {
        assertThat(calls(new Steps(plan, Integer.MAX_VALUE, 64 * 4))).containsExactly(4, 4, 2, 4, 4, 2, 4, 4, 2);
        assertThat(calls(new Steps(plan, Integer.MAX_VALUE, 1))).hasSize(30);
    }
}

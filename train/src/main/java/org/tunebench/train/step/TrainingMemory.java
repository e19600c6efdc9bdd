package org.tunebench.train.step;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.Architecture;
import org.tunebench.core.model.MemoryEstimate;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.runtime.Device;
import org.tunebench.train.batch.TokenizedExamples;

/** Main memory: what a run on the CPU is estimated to need at its peak, and what there is, in bytes. */
final class TrainingMemory {
    private static final long MEBIBYTE = 1 << 20;

    private TrainingMemory() {}

    /**
     * Refuses a run that does not fit.
     *
     * @throws InputException with the estimate and what lowers it
     */
    static void require(TrainingJob job, Preparation prepared) {
        if (job.memoryCheck() && job.device() == Device.CPU) {
            require(estimate(job, prepared), available(), job);
        }
    }

    static void require(MemoryEstimate estimate, long available, TrainingJob job) {
        if (estimate.bytes() > available) {
            throw new InputException(
                    "training needs about " + estimate + " of main memory, and "
                            + String.format("%,d MiB", available / MEBIBYTE) + " are free",
                    "recipe " + job.recipe().name(),
                    "Lower micro_batch_size (now " + job.recipe().microBatchSize() + ", the step stays the same) or"
                            + " max_length (now " + job.recipe().maxLength() + ")"
                            + (job.recipe().gradientCheckpointing() ? "" : ", set gradient_checkpointing: true")
                            + (job.recipe().lora() == null ? ", train with method: lora" : "")
                            + ", or start it all the same with --no-memory-check");
        }
    }

    /**
     * The estimate of full fine-tuning where every weight is trained; else the frozen model's, once for each session that
     * holds it, with the state of what is trained.
     */
    static MemoryEstimate estimate(TrainingJob job, Preparation prepared) {
        Architecture model = job.base().architecture();
        int rows = prepared.plan().microBatchRows();
        TokenizedExamples examples = prepared.tokenized().examples();
        int longest =
                IntStream.range(0, examples.size()).map(examples::length).max().orElse(0);
        int length = job.recipe().packing() ? job.recipe().maxLength() : longest;
        MemoryEstimate whole = MemoryEstimate.fullFineTuning(model, rows, length);
        if (job.recipe().gradientCheckpointing()) {
            whole = whole.recomputing(model, rows, length);
        }
        long parameters = job.base().parameters();
        long trained = RecipeSettings.method(job.recipe(), job.base()).trainable().stream()
                .mapToLong(TensorSpec::elements)
                .sum();
        if (trained == parameters) {
            return whole;
        }
        long frozen = MemoryEstimate.lora(model, 0, rows, length).weights();
        long heldOut = prepared.heldOut() == null
                ? 0
                : MemoryEstimate.scoring(model, rows, length).weights();
        long weights = frozen + heldOut + (long) ((double) whole.weights() / parameters * trained);
        return new MemoryEstimate(whole.process(), weights, whole.activations(), 0);
    }

    /** What this process may still take: of the machine's memory, or of the container's where that is less. */
    static long available() {
        long limit = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .map(free -> Math.min(free, limit))
                    .findFirst()
                    .orElse(limit);
        } catch (IOException notLinux) {
            return limit;
        }
    }
}

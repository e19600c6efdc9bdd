package org.tunebench.train.selfinstruct;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.draw.SeededRandom;

/** How one method asks for new tasks and reads the answer. */
sealed interface Variant permits InstructionList, NumberedTasks {
    static Variant of(SelfInstructSettings settings) {
        return settings.method() == Method.ALPACA
                ? new NumberedTasks(settings.chat())
                : new InstructionList(settings.classificationOnly(), settings.chat());
    }

    /** A new task as it is read. @param instance null where only the instruction is asked for */
    record Candidate(String instruction, @Nullable TaskInstance instance) {}

    /** The tasks of a prompt, drawn. @param made so far */
    List<ShownTask> shown(SeededRandom random, List<SeedTask> seeds, List<MadeInstruction> made, int number);

    String prompt(List<ShownTask> shown);

    Decoding decoding();

    /** What an answer holds, in its order; what cannot be read is counted. @param shown tasks in the prompt */
    List<Candidate> candidates(Completion completion, int shown, Drops drops);

    /** Some of a list's members in random order, none twice. */
    static <T> List<T> sample(SeededRandom random, List<T> all, int number) {
        int[] order = random.permutation(all.size());
        return Arrays.stream(order).limit(number).mapToObj(all::get).toList();
    }
}

package org.tunebench.eval.suite;

import java.util.List;
import org.tunebench.core.input.InputException;

/**
 * How programs are drawn from a model and run.
 *
 * @param samples programs drawn for each task
 * @param temperature of the draws; 0 takes the most likely token every time
 * @param topP share of the probability that is drawn from
 * @param ks the k of pass@k; an empty list takes 1, 10 and 100 where there are so many samples
 * @param seconds time limit of a program
 * @param unsafeExec whether programs are run without isolation
 */
public record ProgramOptions(
        int samples, double temperature, double topP, List<Integer> ks, double seconds, boolean unsafeExec) {
    /** One greedy program a task, three seconds, in the sandbox. */
    public static final ProgramOptions DEFAULT = new ProgramOptions(1, 0, 1, List.of(), 3, false);

    private static final List<Integer> USUAL_KS = List.of(1, 10, 100);

    public ProgramOptions {
        ks = ks.stream().distinct().sorted().toList();
        int drawn = samples;
        require(samples >= 1, "samples", samples + " samples of each task", "Take 1 or more");
        require(temperature >= 0, "temperature", "a temperature of " + temperature, "Take 0 or more");
        require(topP > 0 && topP <= 1, "top_p", "a top_p of " + topP, "Take more than 0, at most 1");
        require(seconds > 0 && seconds <= 3600, "timeout", seconds + " seconds for a program", "Take more than 0");
        require(ks.stream().allMatch(k -> k >= 1), "k", "k " + ks, "Take 1 or more");
        require(
                samples == 1 || temperature > 0,
                "samples",
                drawn + " samples at temperature 0 would all be the same",
                "Give a temperature, such as 0.8, or take one sample");
    }

    private static void require(boolean holds, String option, String what, String mend) {
        if (!holds) {
            throw new InputException(what, "suite options, " + option, mend);
        }
    }

    /** Which k there are estimates for, of tasks with at least so many samples. */
    List<Integer> estimated(int fewestSamples) {
        for (int k : ks) {
            require(
                    k <= fewestSamples,
                    "k",
                    "pass@" + k + " of tasks with " + fewestSamples + " samples",
                    "Take k from 1 to " + fewestSamples + ", or draw more samples");
        }
        return ks.isEmpty() ? USUAL_KS.stream().filter(k -> k <= fewestSamples).toList() : ks;
    }
}

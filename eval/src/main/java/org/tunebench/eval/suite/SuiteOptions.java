package org.tunebench.eval.suite;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;
import org.tunebench.eval.engine.PromptFormat;
import org.tunebench.eval.judge.Judge;

/**
 * How to run a suite.
 *
 * @param data the suite's file or folder in its original format; may be left out for own suites, which name their data
 * @param shots few-shot examples before each item; null takes the suite's default
 * @param limit items taken from the start of the data (of each subject in MMLU, as the reference does); null takes all
 * @param subjects the ones asked, of a suite that has subjects; an empty list takes all
 * @param format how prompts become text
 * @param seed of sampled generation
 * @param judge for suites with open answers; null leaves them unjudged
 * @param programs for suites that run programs which the model wrote
 */
public record SuiteOptions(
        @Nullable Path data,
        @Nullable Integer shots,
        @Nullable Integer limit,
        List<String> subjects,
        PromptFormat format,
        long seed,
        @Nullable Judge judge,
        ProgramOptions programs) {
    /** With the usual options for programs. */
    public SuiteOptions(
            @Nullable Path data,
            @Nullable Integer shots,
            @Nullable Integer limit,
            List<String> subjects,
            PromptFormat format,
            long seed,
            @Nullable Judge judge) {
        this(data, shots, limit, subjects, format, seed, judge, ProgramOptions.DEFAULT);
    }

    public SuiteOptions {
        subjects = List.copyOf(subjects);
        if (shots != null && shots < 0) {
            throw new InputException(shots + " shots", "suite options, shots", "Take 0 or more");
        }
        if (limit != null && limit < 1) {
            throw new InputException(
                    "a limit of " + limit + " items", "suite options, limit", "Take 1 or more, or leave it out");
        }
    }

    /** All items of some data, with the suite's defaults, plain prompts and no judge. */
    public static SuiteOptions of(Path data) {
        return new SuiteOptions(data, null, null, List.of(), PromptFormat.PLAIN, 0, null);
    }

    public SuiteOptions withData(Path newData) {
        return new SuiteOptions(newData, shots, limit, subjects, format, seed, judge, programs);
    }

    public SuiteOptions withShots(@Nullable Integer newShots) {
        return new SuiteOptions(data, newShots, limit, subjects, format, seed, judge, programs);
    }

    public SuiteOptions withLimit(@Nullable Integer newLimit) {
        return new SuiteOptions(data, shots, newLimit, subjects, format, seed, judge, programs);
    }

    public SuiteOptions withSubjects(List<String> newSubjects) {
        return new SuiteOptions(data, shots, limit, newSubjects, format, seed, judge, programs);
    }

    public SuiteOptions withChat(boolean chat) {
        return new SuiteOptions(
                data, shots, limit, subjects, chat ? PromptFormat.CHAT : PromptFormat.PLAIN, seed, judge, programs);
    }

    public SuiteOptions withSeed(long newSeed) {
        return new SuiteOptions(data, shots, limit, subjects, format, newSeed, judge, programs);
    }

    public SuiteOptions withJudge(@Nullable Judge newJudge) {
        return new SuiteOptions(data, shots, limit, subjects, format, seed, newJudge, programs);
    }

    public SuiteOptions withPrograms(ProgramOptions newPrograms) {
        return new SuiteOptions(data, shots, limit, subjects, format, seed, judge, newPrograms);
    }

    public SuiteOptions withFormat(PromptFormat newFormat) {
        return new SuiteOptions(data, shots, limit, subjects, newFormat, seed, judge, programs);
    }

    /** Whether prompts go through the model's chat template. */
    public boolean chat() {
        return format.chat();
    }

    /** The data, which this suite cannot do without. */
    Path requireData(String suite) {
        if (data == null) {
            throw new InputException("no data given", "suite " + suite, "Name its file or folder with --data");
        }
        return data;
    }

    /** Refuses few-shot examples for a suite that has none to give. */
    void refuseShots(String suite) {
        if (shots != null && shots > 0) {
            throw new InputException(
                    shots + " shots asked of a suite that has no few-shot examples",
                    "suite " + suite,
                    "Leave the shots out");
        }
    }

    /** Refuses a choice of subjects for a suite that has none. */
    void refuseSubjects(String suite) {
        if (!subjects.isEmpty()) {
            throw new InputException(
                    "subjects asked of a suite that has none", "suite " + suite, "Leave the subjects out");
        }
    }

    /** The subjects asked, of the {@code known} ones and in their order. */
    List<String> takenSubjects(String suite, List<String> known) {
        Set<String> asked = new LinkedHashSet<>();
        for (String subject : subjects) {
            KnownNames.require("subject", subject, known, "suite " + suite);
            if (!asked.add(subject)) {
                throw new InputException(
                        "subject " + subject + " is asked for twice", "suite " + suite, "Name it once");
            }
        }
        return asked.isEmpty() ? known : known.stream().filter(asked::contains).toList();
    }

    /** How many of {@code available} items are taken. */
    int taken(int available) {
        return limit == null ? available : Math.min(limit, available);
    }
}

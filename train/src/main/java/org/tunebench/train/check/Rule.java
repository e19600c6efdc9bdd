package org.tunebench.train.check;

import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.CheckRecord.Severity;

/** What is looked for, and the shares of it above which it is a warning and above which it spoils the run. */
enum Rule {
    NO_SUPERVISED_TOKEN(
            "Examples in which the loss counts no token",
            "examples",
            0,
            0.05,
            "Look at one below: mask, supervise and the template decide what is counted"),
    RESPONSES_CUT(
            "Supervised tokens that max_length takes away, with whole turns or whole examples",
            "supervised tokens",
            0,
            0.10,
            "Raise max_length, or write overlong: split"),
    END_OF_TURN(
            "Supervised turns whose end of turn is not supervised, so that the model does not learn to stop",
            "supervised turns",
            0,
            0.10,
            "Use a template that ends every assistant turn and marks that end as the assistant's, or name eos_token in"
                    + " tokenizer_config.json"),
    ROUND_TRIP(
            "Prompts that are trained with other tokens than generate --chat sends",
            "prompts",
            0,
            0.01,
            "Take white space off the responses' beginnings, or use a template whose generation prompt is the beginning of"
                    + " its answers"),
    SPECIAL_TOKENS(
            "Conversations whose texts hold what the tokenizer turns into a special token",
            "conversations",
            0,
            0.01,
            "Take these marks out of the data: the model reads them as the end of a turn, or as a turn of another role"),
    SPECIAL_TOKENS_IN_RAW_TEXT(
            "Raw texts that hold what the tokenizer turns into a special token",
            "raw texts",
            0,
            null,
            "Take these marks out, unless the model is to learn them from raw text"),
    EXACT_DUPLICATES(
            "Examples that were there before, word for word",
            "examples",
            0.01,
            null,
            "Add the filter exact_duplicates, or say how often each shall come with weight"),
    NEAR_DUPLICATES(
            "Examples nearly the same as one before (Jaccard index of character 5-grams at least 0.8)",
            "examples",
            0.05,
            null,
            "Add the filter near_duplicates"),
    SUITE_OVERLAP(
            "Examples that share 13 words in a row, or a whole shorter text, with the suite",
            "examples",
            0,
            0.10,
            "Add the filter suite_overlap: with these examples the suite measures memory"),
    BAD_RECORDS(
            "Records that cannot be used",
            "records",
            0,
            null,
            "Mend them; more than the recipe's bad_records are refused");

    private final String title;
    private final String unit;
    private final double warnAbove;
    private final @Nullable Double spoilsAbove;
    private final String mend;

    Rule(String title, String unit, double warnAbove, @Nullable Double spoilsAbove, String mend) {
        this.title = title;
        this.unit = unit;
        this.warnAbove = warnAbove;
        this.spoilsAbove = spoilsAbove;
        this.mend = mend;
    }

    /** How bad it is to find so many of so many. */
    Severity severity(long count, long of) {
        double share = of == 0 ? 0 : (double) count / of;
        if (spoilsAbove != null && share > spoilsAbove) {
            return Severity.SPOILS;
        }
        return share > warnAbove ? Severity.WARN : Severity.OK;
    }

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    double warnAbove() {
        return warnAbove;
    }

    @Nullable
    Double spoilsAbove() {
        return spoilsAbove;
    }

    String mend() {
        return mend;
    }
}

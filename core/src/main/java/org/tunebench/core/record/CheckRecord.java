package org.tunebench.core.record;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * data-check.json: what a recipe would teach its base model, and what speaks against it.
 *
 * @param groups {@code category}, {@code task}, {@code template} → its groups, the largest first; without those that no
 *     example has
 * @param lengths of the examples before anything is cut
 * @param badRecords those that are remembered
 * @param samples conversations and texts as the model sees them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckRecord(
        int schema,
        String recipe,
        String base,
        Settings settings,
        Totals totals,
        List<Source> sources,
        Map<String, List<Group>> groups,
        List<Lengths> lengths,
        List<Finding> findings,
        List<Case> badRecords,
        List<Sample> samples) {
    public static final int SCHEMA = 1;

    public CheckRecord {
        sources = List.copyOf(sources);
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        lengths = List.copyOf(lengths);
        findings = List.copyOf(findings);
        badRecords = List.copyOf(badRecords);
        samples = List.copyOf(samples);
    }

    /** Whether the run would be spoilt by what is found. */
    public boolean spoils() {
        return !of(Severity.SPOILS).isEmpty();
    }

    /** The findings of one severity. */
    public List<Finding> of(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).toList();
    }

    /** How bad a finding is. */
    public enum Severity {
        /** The run is not worth its time. */
        @JsonProperty("spoils")
        SPOILS,
        /** Something to look at. */
        @JsonProperty("warn")
        WARN,
        @JsonProperty("ok")
        OK
    }

    /**
     * What of the recipe decides what is taught.
     *
     * @param template the chat template's name
     * @param templateSha256 of its source
     * @param recipeSha256 of the recipe as resolved
     */
    public record Settings(
            String template,
            String templateSha256,
            String recipeSha256,
            String mask,
            Set<String> supervise,
            int maxLength,
            String overlong,
            long seed) {}

    /**
     * Sums over all sources; examples held out for evaluation are among them.
     *
     * @param examples that the filters keep
     * @param used those of them that can be trained on
     * @param tokens of these, as they are trained on
     * @param supervisedTokens those that the loss counts
     * @param supervisedTurns assistant turns that the loss counts, of all examples
     */
    public record Totals(long examples, long used, long tokens, long supervisedTokens, long supervisedTurns) {}

    /**
     * One data entry of the recipe, counted as run.json does.
     *
     * @param read records
     * @param used examples to train on
     * @param dropped reason → examples, or records for {@code bad_record}
     * @param truncated examples whose oldest turns are left out
     * @param split examples of which several are made
     * @param tokens of the examples as they are trained on, those held out among them
     */
    public record Source(
            String path,
            String format,
            long read,
            long used,
            Map<String, Long> dropped,
            long truncated,
            long split,
            long tokens,
            long supervisedTokens) {}

    /** Examples to train on that have something in common, those held out among them, with their tokens as trained on. */
    public record Group(String name, long examples, long tokens, long supervisedTokens) {}

    /**
     * The lengths of the examples in one unit.
     *
     * @param of {@code words}, {@code response_words}, {@code tokens} or {@code supervised_tokens}
     * @param median the lower one of two in the middle
     * @param p95 at least 95 % of the examples are no longer
     */
    public record Lengths(String of, long examples, int least, int median, int p95, int most, List<Bin> bins) {
        public Lengths {
            bins = List.copyOf(bins);
        }
    }

    /** Examples from one length to another, both included. */
    public record Bin(int from, int to, long examples) {}

    /**
     * One thing that was looked for.
     *
     * @param name the rule's
     * @param about the suite, of a rule that is asked for each
     * @param title what was looked for
     * @param count how much of it there is, of {@code of} {@code unit}
     * @param warnAbove the share above which it is a warning
     * @param spoilsAbove the share above which it spoils the run; null for never
     * @param mend what can be done about it
     * @param cases the first few
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Finding(
            String name,
            @Nullable String about,
            Severity severity,
            String title,
            long count,
            long of,
            String unit,
            double warnAbove,
            @Nullable Double spoilsAbove,
            String mend,
            List<Case> cases) {
        public Finding {
            cases = List.copyOf(cases);
        }

        /** For example {@code 12 of 2000 examples (0.60 %)}. */
        public String extent() {
            String share = of == 0 ? "" : String.format(java.util.Locale.ROOT, " (%.2f %%)", 100.0 * count / of);
            return count + " of " + of + " " + unit + share;
        }
    }

    /** Where something was found, and what. */
    public record Case(String id, String where, String what) {}

    /**
     * One example as the model sees it.
     *
     * @param kinds why it is shown: {@code random}, {@code longest}, …
     * @param fate what becomes of it, for a person
     * @param length its tokens
     * @param start the first of them
     * @param leftOut tokens between start and end that are not shown
     * @param end the last of them, where some are left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sample(
            List<String> kinds,
            String id,
            String where,
            @Nullable String task,
            @Nullable String category,
            @Nullable String template,
            String fate,
            int length,
            int supervisedTokens,
            List<Token> start,
            int leftOut,
            List<Token> end) {
        public Sample {
            kinds = List.copyOf(kinds);
            start = List.copyOf(start);
            end = List.copyOf(end);
        }
    }

    /**
     * A token, in JSON {@code [text, supervised, special]}.
     *
     * @param text empty where its character began with the token before
     * @param supervised whether the loss counts it
     * @param special whether it is one that the template or the tokenizer adds
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @JsonPropertyOrder({"text", "supervised", "special"})
    public record Token(String text, boolean supervised, boolean special) {}
}

package org.tunebench.reports.comparison;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.reports.run.Run;
import org.tunebench.reports.run.Samples;

/**
 * Whether results of lm-evaluation-harness speak of the same items as runs of this program. Both number a suite's items by
 * their place in the data; they are the same data where every item of one number has the same target, or a prompt that ends
 * alike. Where they are not, the harness's items are kept apart and only totals stand side by side.
 */
final class HarnessMatching {
    /** Enough of a prompt's end to tell its question from others. */
    private static final int END = 60;

    private HarnessMatching() {}

    /** The same runs, with the items of the harness renamed where they are others; adds a note for each such suite. */
    static List<Run> of(List<Run> runs, List<String> notes) {
        List<Run> ours = runs.stream().filter(run -> !run.origin().harness()).toList();
        List<Run> theirs = runs.stream().filter(run -> run.origin().harness()).toList();
        if (theirs.isEmpty()) {
            return runs;
        }
        notes.add("From lm-evaluation-harness: "
                + String.join(", ", theirs.stream().map(Run::name).toList())
                + ". Its numbers are shown as it wrote them.");
        Map<String, Set<String>> apart = new HashMap<>();
        Map<String, Map<String, Known>> known = new HashMap<>();
        for (Run run : theirs) {
            for (String suite : run.suites().keySet()) {
                if (!run.samples().suites().contains(suite)) {
                    notes.add("Suite '" + suite + "' of '" + run.name()
                            + "' came without samples: only its totals are in the tables, and nothing is tested.");
                    continue;
                }
                Map<String, Known> items = known.computeIfAbsent(suite, s -> items(ours, s));
                if (!items.isEmpty() && !same(items, run, suite)) {
                    apart.computeIfAbsent(run.name(), r -> new LinkedHashSet<>())
                            .add(suite);
                    notes.add("Suite '" + suite + "' of '" + run.name()
                            + "' asks other items, or the same in another order: they cannot be matched with those of "
                            + "the other runs, so only totals stand side by side.");
                }
            }
        }
        return runs.stream()
                .map(run -> apart.containsKey(run.name()) ? keptApart(run, apart.get(run.name())) : run)
                .toList();
    }

    private record Known(@Nullable String target, String promptEnd) {}

    private static Map<String, Known> items(List<Run> runs, String suite) {
        Map<String, Known> items = new HashMap<>();
        for (Run run : runs) {
            try (Stream<SampleRecord> samples = run.samples().of(suite)) {
                samples.filter(sample -> sample.id() != null)
                        .forEach(sample -> items.putIfAbsent(sample.id(), known(sample)));
            }
        }
        return items;
    }

    private static Known known(SampleRecord sample) {
        String prompt = sample.prompt() == null ? "" : sample.prompt().replaceAll("\\s+", "");
        return new Known(
                sample.target() == null ? null : sample.target().toString(),
                prompt.substring(Math.max(0, prompt.length() - END)));
    }

    private static boolean same(Map<String, Known> items, Run run, String suite) {
        try (Stream<SampleRecord> samples = run.samples().of(suite)) {
            return samples.allMatch(sample -> {
                Known ours = items.get(sample.id());
                Known theirs = known(sample);
                return ours == null
                        || Objects.equals(ours.target(), theirs.target())
                        || ours.promptEnd().equals(theirs.promptEnd());
            });
        }
    }

    private static Run keptApart(Run run, Set<String> suites) {
        return new Run(
                run.name(), run.origin(), run.record(), run.suites(), run.training(), new Apart(run.samples(), suites));
    }

    /** Samples whose items are nobody else's. */
    private record Apart(Samples samples, Set<String> apart) implements Samples {
        @Override
        public Set<String> suites() {
            return samples.suites();
        }

        @Override
        public Stream<SampleRecord> of(String suite) {
            Stream<SampleRecord> of = samples.of(suite);
            return apart.contains(suite) ? of.map(Apart::renamed).onClose(of::close) : of;
        }

        @Override
        public Stream<Scored> scored(String suite) {
            Stream<Scored> of = samples.scored(suite);
            return apart.contains(suite)
                    ? of.map(s -> new Scored(name(s.id()), s.group(), s.scores()))
                            .onClose(of::close)
                    : of;
        }

        @Override
        public Map<String, List<PairwiseRecord>> pairwise() {
            return samples.pairwise();
        }

        @Override
        public String where(String suite) {
            return samples.where(suite);
        }

        private static String name(@Nullable String id) {
            return "lm-eval " + id;
        }

        private static SampleRecord renamed(SampleRecord s) {
            return new SampleRecord(
                    name(s.id()),
                    s.group(),
                    s.prompt(),
                    s.choices(),
                    s.loglikelihoods(),
                    s.choiceTokens(),
                    s.response(),
                    s.prediction(),
                    s.target(),
                    s.scores(),
                    s.flags());
        }
    }
}

package org.tunebench.reports.html;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tunebench.reports.comparison.Candidate;
import org.tunebench.reports.comparison.Experiment;
import org.tunebench.reports.run.Run;

/** What the report is about. */
record HeaderView(String subject, String bases, String dates, String devices) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static HeaderView of(Experiment experiment) {
        List<Run> runs = experiment.runs();
        long recipes =
                experiment.candidates().stream().filter(c -> !c.isBaseline()).count();
        long bases =
                experiment.candidates().stream().filter(Candidate::isBaseline).count();
        String subject = counted(recipes, "recipe") + (bases == 0 ? "" : " and " + counted(bases, "base model"))
                + " on " + counted(experiment.suites().size(), "suite") + ", " + counted(runs.size(), "run");
        return new HeaderView(
                subject,
                joined(experiment.candidates().stream()
                        .map(candidate -> base(experiment, candidate))
                        .toList()),
                dates(runs),
                joined(runs.stream()
                        .map(run -> run.record().environment().device())
                        .toList()));
    }

    /** As it is called in the tables, where it is in them. */
    private static String base(Experiment experiment, Candidate candidate) {
        return experiment
                .baselineOf(candidate)
                .map(Candidate::name)
                .orElse(candidate.runs().get(0).record().base().name());
    }

    private static String dates(List<Run> runs) {
        List<Instant> times = runs.stream()
                .map(run -> Optional.ofNullable(run.record().end())
                        .orElse(run.record().start()))
                .sorted(Comparator.naturalOrder())
                .toList();
        String first = DATE.format(times.get(0));
        String last = DATE.format(times.get(times.size() - 1));
        return first.equals(last) ? first : first + " to " + last;
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String joined(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}

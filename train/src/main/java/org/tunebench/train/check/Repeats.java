package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.filter.ExactDuplicates;
import org.tunebench.train.data.filter.ExampleSource;
import org.tunebench.train.data.filter.ExampleText;
import org.tunebench.train.data.filter.FilterInputs;
import org.tunebench.train.data.filter.FilterPass;
import org.tunebench.train.data.filter.NearDuplicates;
import org.tunebench.train.data.filter.SuiteOverlap;
import org.tunebench.train.data.filter.SuiteTexts;
import org.tunebench.train.data.filter.Verdict;

/** Texts that were there before, in the data or in a suite, as the filters of the same names see them. */
final class Repeats {
    /** Near duplicates are looked for among so many examples, the first: each takes about 0.8 kB of memory. */
    static final int NEAR = 200_000;

    private final FilterPass exact = new ExactDuplicates().start(FilterInputs.NONE, ExampleSource.NONE);
    private final FilterPass near =
            new NearDuplicates(0.8, 5, 128, ExampleText.WHOLE).start(FilterInputs.NONE, ExampleSource.NONE);
    /** All suites at once: what it passes need not be put to each. */
    private final FilterPass anySuite;

    private final List<FilterPass> suites = new ArrayList<>();
    private final FindingTally exactly = new FindingTally(Rule.EXACT_DUPLICATES);
    private final FindingTally nearly = new FindingTally(Rule.NEAR_DUPLICATES);
    private final List<FindingTally> overlaps = new ArrayList<>();
    private int compared;

    Repeats(List<SuiteTexts> texts) {
        anySuite = texts.isEmpty() ? example -> Verdict.KEEP : overlap(texts);
        for (SuiteTexts suite : texts) {
            suites.add(overlap(List.of(suite)));
            overlaps.add(new FindingTally(Rule.SUITE_OVERLAP, suite.suite()));
        }
    }

    private static FilterPass overlap(List<SuiteTexts> suites) {
        FilterInputs inputs = FilterInputs.NONE.withSuites(suites);
        return new SuiteOverlap(13, 8, ExampleText.WHOLE).start(inputs, ExampleSource.NONE);
    }

    void add(Example example) {
        if (!isFound(exact, example, exactly) && compared < NEAR) {
            compared++;
            isFound(near, example, nearly);
        }
        if (anySuite.judge(example).keeps()) {
            overlaps.forEach(overlap -> overlap.lookedThrough(1));
            return;
        }
        for (int i = 0; i < suites.size(); i++) {
            isFound(suites.get(i), example, overlaps.get(i));
        }
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(List.of(exactly.finding(), nearly.finding()));
        overlaps.forEach(overlap -> findings.add(overlap.finding()));
        return findings;
    }

    private static boolean isFound(FilterPass pass, Example example, FindingTally tally) {
        tally.lookedThrough(1);
        Verdict verdict = pass.judge(example);
        String objection = verdict.objection();
        if (objection == null) {
            return false;
        }
        tally.found(1, example.origin(), objection);
        return true;
    }
}

package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.CheckRecord.Case;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.train.data.example.Origin;

/** How much of one thing there is, and the first few cases. */
final class FindingTally {
    private static final int CASES = 5;

    private final Rule rule;
    private final @Nullable String about;
    private final List<Case> cases = new ArrayList<>();
    private long count;
    private long of;

    /** @param about the suite, where the rule is asked for each */
    FindingTally(Rule rule, @Nullable String about) {
        this.rule = rule;
        this.about = about;
    }

    FindingTally(Rule rule) {
        this(rule, null);
    }

    /** What was looked through. */
    void lookedThrough(long more) {
        of += more;
    }

    /** Something that was found; nothing where {@code more} is 0. */
    void found(long more, Origin origin, String what) {
        if (more > 0) {
            count += more;
            if (cases.size() < CASES) {
                cases.add(new Case(origin.id(), origin.where(), what));
            }
        }
    }

    /** The same for what is no example. */
    void found(long more, List<Case> some) {
        count += more;
        some.stream().limit(CASES - cases.size()).forEach(cases::add);
    }

    Finding finding() {
        return new Finding(
                rule.id(),
                about,
                rule.severity(count, of),
                rule.title(),
                count,
                of,
                rule.unit(),
                rule.warnAbove(),
                rule.spoilsAbove(),
                rule.mend(),
                cases);
    }
}

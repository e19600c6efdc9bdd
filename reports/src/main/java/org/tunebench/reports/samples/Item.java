package org.tunebench.reports.samples;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.SampleRecord;

/**
 * One item of a suite as the first run that has it says, and what each run made of it.
 *
 * @param answers one a run; null where it has none
 */
record Item(
        String id,
        String group,
        @Nullable String prompt,
        @Nullable List<String> choices,
        @Nullable Object target,
        @Nullable Answer[] answers) {

    static Item of(SampleRecord sample, int runs) {
        return new Item(
                sample.id(),
                sample.group() == null ? "" : sample.group(),
                sample.prompt(),
                sample.choices(),
                sample.target(),
                new Answer[runs]);
    }
}

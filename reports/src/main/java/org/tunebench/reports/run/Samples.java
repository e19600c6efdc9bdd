package org.tunebench.reports.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.SampleRecord;

/** What a run answered, item by item. */
public interface Samples {

    /** The suites that there are samples of. */
    Set<String> suites();

    /** A suite's samples, one at a time; none where there are none. Close the stream. */
    Stream<SampleRecord> of(String suite);

    /** The same without what they say, which is quicker. Close the stream. */
    Stream<Scored> scored(String suite);

    /** Suite → the run's answers judged beside another run's; empty where none were. */
    Map<String, List<PairwiseRecord>> pairwise();

    /** The file that a suite's samples are read from, for messages. */
    String where(String suite);

    /** The scores of one sample; a file may lack either. */
    record Scored(
            @Nullable String id,
            @Nullable String group,
            @Nullable Map<String, Double> scores) {}
}

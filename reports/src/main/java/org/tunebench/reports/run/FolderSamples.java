package org.tunebench.reports.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.PairwiseRecord;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;

/** The samples of a run folder. */
record FolderSamples(RunFolder folder, Set<String> suites) implements Samples {

    static FolderSamples of(RunFolder folder) {
        return new FolderSamples(folder, folder.samplesFiles().keySet());
    }

    @Override
    public Stream<SampleRecord> of(String suite) {
        return suites.contains(suite) ? folder.samples(suite) : Stream.empty();
    }

    @Override
    public Stream<Scored> scored(String suite) {
        return suites.contains(suite) ? JsonLines.read(folder.samplesFile(suite), Scored.class) : Stream.empty();
    }

    @Override
    public Map<String, List<PairwiseRecord>> pairwise() {
        return folder.readPairwise();
    }

    @Override
    public String where(String suite) {
        return folder.samplesFile(suite).toString();
    }
}

package org.tunebench.train.step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.ExampleRecord;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.JsonLines;
import org.tunebench.core.record.JsonLinesWriter;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SeenRecord;
import org.tunebench.train.batch.OptimizerStep;
import org.tunebench.train.batch.TextStart;
import org.tunebench.train.batch.TokenizedExamples;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.data.file.BadRecord;

/**
 * What a run learns from, for whoever traces an answer back: its examples, written before the first step, and which of them
 * each step saw, written by a thread of its own while the next steps are computed.
 */
final class Lineage implements AutoCloseable {
    private final JsonLinesWriter seen;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "lineage");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> last;

    private Lineage(JsonLinesWriter seen) {
        this.seen = seen;
    }

    /** Goes on with the files of a run, cut back to what the saved state has seen. @param done steps of the saved state */
    static Lineage open(RunFolder folder, Preparation prepared, int done) {
        if (!Files.exists(folder.examplesFile())) {
            writeExamples(folder, prepared.tokenized().examples());
            writeBadRecords(folder, prepared.counts());
            if (!prepared.filtered().isEmpty()) {
                AtomicFiles.write(folder.filtersFile(), JsonLines.text(prepared.filtered()));
            }
        }
        if (Files.exists(folder.seenFile())) {
            JsonLinesWriter.append(folder.seenFile()).close(); // cuts off a line that a kill has torn
            keep(folder, done);
        }
        return new Lineage(JsonLinesWriter.append(folder.seenFile()));
    }

    /** @param firstStep from 1 */
    void add(int firstStep, List<OptimizerStep> steps) {
        last = writer.submit(() -> {
            for (int i = 0; i < steps.size(); i++) {
                List<Integer> lines =
                        steps.get(i).examples().stream().map(index -> index + 1).toList();
                seen.write(new SeenRecord(firstStep + i, lines));
            }
        });
    }

    /** Waits until everything so far is written, and hands it to the disk: what a saved state has seen must be there. */
    void sync() {
        try {
            if (last != null) {
                last.get();
            }
            seen.sync();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("train/seen.jsonl cannot be written", e.getCause());
        }
    }

    @Override
    public void close() {
        try (seen) {
            sync();
        } finally {
            writer.shutdown();
        }
    }

    private static void writeExamples(RunFolder folder, TokenizedExamples examples) {
        AtomicFiles.write(folder.examplesFile(), temporary -> {
            try (var out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                for (int i = 0; i < examples.size(); i++) {
                    Origin origin = examples.origin(i);
                    TextStart text = examples.text(i);
                    ExampleRecord line = new ExampleRecord(
                            origin.id(),
                            origin.source(),
                            origin.line(),
                            origin.task(),
                            origin.category(),
                            origin.template(),
                            origin.scores(),
                            examples.length(i),
                            examples.supervisedTokens(i),
                            text.prompt(),
                            text.response());
                    out.write(Json.text(line, false));
                    out.write('\n');
                }
            }
        });
    }

    private static void writeBadRecords(RunFolder folder, List<SourceCounts> counts) {
        List<BadRecord> bad =
                counts.stream().flatMap(c -> c.badRecords().stream()).toList();
        if (!bad.isEmpty()) {
            AtomicFiles.write(folder.badRecordsFile(), JsonLines.text(bad));
        }
    }

    private static void keep(RunFolder folder, int done) {
        AtomicFiles.write(folder.seenFile(), temporary -> {
            try (Stream<SeenRecord> all = folder.seen();
                    var out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                for (SeenRecord record : (Iterable<SeenRecord>) all::iterator) {
                    if (record.step() <= done) {
                        out.write(Json.text(record, false));
                        out.write('\n');
                    }
                }
            }
        });
    }
}

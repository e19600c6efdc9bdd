package org.tunebench.eval.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of the two processes of a {@link Session}. Threads of its own write and read its lines and drain its standard error, so that
 * it can neither block us nor fill our memory: what it says becomes {@link Event}s, up to a limit.
 */
final class Party {
    private static final int KEPT_ERROR_BYTES = 4096;
    private static final byte[] LAST = new byte[0];

    /** What a party did: said a line, ended its output, or said too much. */
    record Event(Party party, Kind kind, byte[] line) {
        enum Kind {
            LINE,
            END,
            TOO_MUCH
        }
    }

    private final Process process;
    private final BlockingQueue<byte[]> outbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> events;
    private final long outputLimit;
    private final AtomicLong output = new AtomicLong();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private Party(Process process, BlockingQueue<Event> events, long outputLimit) {
        this.process = process;
        this.events = events;
        this.outputLimit = outputLimit;
    }

    static Party start(List<String> command, Path folder, BlockingQueue<Event> events, long outputLimit)
            throws IOException {
        Party party =
                new Party(new ProcessBuilder(command).directory(folder.toFile()).start(), events, outputLimit);
        begin("sandbox outbox", party::writeLines);
        begin("sandbox lines", party::readLines);
        begin("sandbox errors", party::readErrors);
        return party;
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a line, without waiting until it is read. */
    void send(byte[] line) {
        outbox.add(line);
    }

    /** One that does not read must not keep anyone waiting. One that has ended hears nothing, which its own event tells. */
    private void writeLines() {
        try (OutputStream out = process.getOutputStream()) {
            for (byte[] line = outbox.take(); line != LAST; line = outbox.take()) {
                out.write(line);
                out.write('\n');
                out.flush();
            }
        } catch (IOException e) {
            events.add(new Event(this, Event.Kind.END, new byte[0]));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readLines() {
        Event.Kind last = Event.Kind.END;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (output.addAndGet(n) > outputLimit) {
                    last = Event.Kind.TOO_MUCH;
                    break;
                }
                splitLines(buffer, n, line);
            }
        } catch (IOException e) {
            last = Event.Kind.END;
        }
        events.add(new Event(this, last, new byte[0]));
    }

    /** Tells the lines that end within a buffer. @param line what is read of the line so far */
    private void splitLines(byte[] buffer, int n, ByteArrayOutputStream line) {
        int start = 0;
        for (int i = 0; i < n; i++) {
            if (buffer[i] == '\n') {
                line.write(buffer, start, i - start);
                events.add(new Event(this, Event.Kind.LINE, line.toByteArray()));
                line.reset();
                start = i + 1;
            }
        }
        line.write(buffer, start, n - start);
    }

    private void readErrors() {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = process.getErrorStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
                if (output.addAndGet(n) > outputLimit) {
                    events.add(new Event(this, Event.Kind.TOO_MUCH, new byte[0]));
                    return;
                }
            }
        } catch (IOException e) {
            // the process is being killed: what it said so far is all there is
            return;
        }
    }

    private void keep(byte[] buffer, int n) {
        synchronized (errors) {
            errors.write(buffer, 0, Math.min(n, KEPT_ERROR_BYTES - errors.size()));
        }
    }

    /** The beginning of what it wrote to standard error, in one line. */
    String errors() {
        synchronized (errors) {
            return errors.toString(StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
        }
    }

    /** Kills it and all that it started; in bubblewrap the whole process namespace dies with it. */
    void kill() {
        outbox.add(LAST);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

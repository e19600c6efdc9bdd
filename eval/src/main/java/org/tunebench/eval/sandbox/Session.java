package org.tunebench.eval.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.Json;

/**
 * One program before its check. The two run in enclosures of their own and do not see each other: the check's calls and the
 * program's answers pass through here, as lines of JSON, and the verdict comes from the check alone, with a sentinel that
 * only the check was told.
 */
final class Session implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final byte[] READY = "\"ready\"".getBytes(StandardCharsets.UTF_8);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final BlockingQueue<Party.Event> events = new LinkedBlockingQueue<>();
    private final Limits limits;
    private final Party program;
    private final Party check;

    Session(Enclosure enclosure, Limits limits, boolean isolated, Path folder) throws IOException {
        this.limits = limits;
        this.program =
                Party.start(enclosure.command(Enclosure.script("program.py")), folder, events, limits.outputBytes());
        this.check =
                Party.start(enclosure.command(Enclosure.script("check.py")), folder, events, 4 * limits.outputBytes());
        byte[] settings = line(limits.settings(isolated));
        program.send(settings);
        check.send(settings);
    }

    /** Waits until both processes stand behind their limits. @return what keeps them from it; null where nothing does */
    @Nullable
    String start() throws InterruptedException {
        long deadline = System.nanoTime() + STARTING.toNanos();
        for (int ready = 0; ready < 2; ready++) {
            Party.Event event = next(deadline);
            if (event == null) {
                return "it does not start within " + STARTING.toSeconds() + " s";
            }
            if (event.kind() != Party.Event.Kind.LINE || !java.util.Arrays.equals(event.line(), READY)) {
                event.party().kill();
                return "it does not start: " + event.party().errors();
            }
        }
        return null;
    }

    Verdict run(Program task) throws InterruptedException, IOException {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String sentinel = HexFormat.of().formatHex(random);
        long deadline = System.nanoTime() + limits.wall().toNanos();
        program.send(line(Map.of("program", task.text(), "entry_point", task.entryPoint())));
        Party.Event loaded = next(deadline);
        Verdict early = refused(loaded);
        if (early != null || loaded == null) {
            return early == null ? timedOut() : early;
        }
        JsonNode answer = parse(loaded.line());
        if (!answer.path("loaded").asBoolean()) {
            return new Verdict(Verdict.Outcome.FAILED, answer.path("text").asText("no answer"));
        }
        check.send(line(Map.of(
                "prompt", task.prompt(),
                "test", task.test(),
                "entry_point", task.entryPoint(),
                "sentinel", sentinel)));
        return relay(sentinel, deadline);
    }

    /** Calls to the program, answers to the check, until the check's verdict. */
    private Verdict relay(String sentinel, long deadline) throws InterruptedException, IOException {
        boolean asked = false;
        while (true) {
            Party.Event event = next(deadline);
            if (event == null) {
                return timedOut();
            }
            Verdict refused = refused(event);
            if (refused != null) {
                return refused;
            }
            if (event.party() == program) {
                if (!asked) {
                    return new Verdict(Verdict.Outcome.FAILED, "it answered without being asked");
                }
                asked = false;
                check.send(event.line());
                continue;
            }
            JsonNode said = parse(event.line());
            if (said.has("sentinel")) {
                return said.path("sentinel").asText().equals(sentinel)
                                && said.path("passed").asBoolean()
                        ? Verdict.PASSED
                        : new Verdict(
                                Verdict.Outcome.FAILED, said.path("message").asText());
            }
            asked = true;
            program.send(event.line());
        }
    }

    private @Nullable Verdict refused(Party.@Nullable Event event) {
        if (event == null || event.kind() == Party.Event.Kind.LINE) {
            return null;
        }
        if (event.kind() == Party.Event.Kind.TOO_MUCH) {
            return new Verdict(
                    Verdict.Outcome.TOO_MUCH_OUTPUT, "more than " + limits.outputBytes() + " bytes were written");
        }
        return event.party() == program
                ? new Verdict(Verdict.Outcome.ENDED, "the program's process ended before its check did")
                : new Verdict(Verdict.Outcome.FAILED, "the check's process ended");
    }

    private Verdict timedOut() {
        return new Verdict(
                Verdict.Outcome.TIMED_OUT, "not done after " + limits.wall().toMillis() + " ms");
    }

    private Party.@Nullable Event next(long deadline) throws InterruptedException {
        return events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static byte[] line(Object message) {
        return Json.text(message, false).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(byte[] line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }

    @Override
    public void close() {
        program.kill();
        check.kill();
    }
}

package org.tunebench.core.text.jinja;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.tunebench.core.text.ChatTemplate.Span;

/** One rendering: the text so far, the spans of its generation blocks, and what work is left before it is stopped. */
final class Render {
    /** The most UTF-16 units a rendering may have. */
    static final int MOST_OUTPUT = 1 << 24;

    /** Statements, calls and loop turns, each 1, and characters handled, 64 for 1, that a rendering may take. */
    static final long MOST_WORK = 5_000_000;

    private static final int MOST_CALLS = 200;

    private final Clock clock;
    private final IntUnaryOperator random;
    private final Set<String> undefined = new LinkedHashSet<>();
    private final List<Span> spans = new ArrayList<>();
    private StringBuilder out = new StringBuilder();
    private int captures;
    private int calls;
    private boolean lostSpan;
    private long work;

    Render(Clock clock, IntUnaryOperator random) {
        this.clock = clock;
        this.random = random;
    }

    /** One of so many, by the caller's random numbers. */
    int choose(int count) {
        return random.applyAsInt(count);
    }

    /** Notes a name that was asked for and is not there. */
    void undefined(String name) {
        undefined.add(name);
    }

    List<String> undefined() {
        return List.copyOf(undefined);
    }

    LocalDateTime now() {
        return LocalDateTime.now(clock);
    }

    void write(String text) {
        charge(text.length());
        if (out.length() + (long) text.length() > MOST_OUTPUT) {
            throw new TemplateError("the output is longer than " + MOST_OUTPUT + " characters");
        }
        out.append(text);
    }

    /** Counts one step. */
    void step() {
        if (++work > MOST_WORK) {
            throw new TemplateError("it takes more than " + MOST_WORK + " steps; does it loop for ever?");
        }
    }

    /** Counts the making or reading of so many characters or elements. */
    void charge(long size) {
        if (size > MOST_OUTPUT) {
            throw new TemplateError("it makes a value of " + size + " characters or elements");
        }
        work += size / 64;
        step();
    }

    /** What the body writes, kept from the output. */
    String capture(Runnable body) {
        StringBuilder outer = out;
        out = new StringBuilder();
        captures++;
        if (++calls > MOST_CALLS) {
            throw new TemplateError("maximum recursion depth exceeded");
        }
        try {
            body.run();
            return out.toString();
        } finally {
            out = outer;
            captures--;
            calls--;
        }
    }

    /** Runs a generation block and remembers where its text went. */
    void generation(Runnable body) {
        if (captures > 0) {
            lostSpan = true;
            body.run();
            return;
        }
        int start = out.length();
        body.run();
        spans.add(new Span(start, out.length()));
    }

    String text() {
        return out.toString();
    }

    /** The spans in order. */
    List<Span> spans() {
        return spans;
    }

    /** Whether a generation block wrote into a variable or macro result, so that its place in the text is not known. */
    boolean lostSpan() {
        return lostSpan;
    }
}

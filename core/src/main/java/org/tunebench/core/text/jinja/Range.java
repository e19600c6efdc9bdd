package org.tunebench.core.text.jinja;

import java.util.AbstractList;

/** Python's {@code range}, of at most 100,000 numbers as the sandbox allows. */
final class Range extends AbstractList<Object> {
    private static final long MOST = 100_000;

    private final long start;
    private final long stop;
    private final long step;
    private final int size;

    Range(long start, long stop, long step) {
        if (step == 0) {
            throw new TemplateError("range() arg 3 must not be zero");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        double span = step > 0 ? (double) stop - start : (double) start - stop;
        double count = Math.max(0, Math.ceil(span / Math.abs((double) step)));
        if (count > MOST) {
            throw new TemplateError("Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + MOST + ").");
        }
        this.size = (int) count;
    }

    @Override
    public Object get(int index) {
        return start + index * step;
    }

    @Override
    public int size() {
        return size;
    }

    String repr() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}

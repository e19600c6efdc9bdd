package org.tunebench.core.input;

/**
 * The numbers a key may hold. A value outside is refused with the range in the message.
 *
 * <pre>{@code
 * Range.from(0).below(1).check("dropout", 1.5);   // dropout is 1.5, must be at least 0 and less than 1
 * }</pre>
 */
public record Range(double low, boolean lowIncluded, double high, boolean highIncluded) {

    public static Range from(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    public static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    public Range to(double most) {
        return new Range(low, lowIncluded, most, true);
    }

    public Range below(double limit) {
        return new Range(low, lowIncluded, limit, false);
    }

    /**
     * Gives the value back.
     *
     * @throws IllegalArgumentException when it lies outside; the message begins with the key
     */
    public <N extends Number> N check(String key, N value) {
        double v = value.doubleValue();
        boolean aboveLow = lowIncluded ? v >= low : v > low;
        boolean belowHigh = highIncluded ? v <= high : v < high;
        if (aboveLow && belowHigh) {
            return value;
        }
        throw new IllegalArgumentException(key + " is " + value + ", must be " + words());
    }

    private String words() {
        String lower = (lowIncluded ? "at least " : "greater than ") + shown(low);
        if (Double.isInfinite(high)) {
            return lower;
        }
        return lower + " and " + (highIncluded ? "at most " : "less than ") + shown(high);
    }

    private static String shown(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}

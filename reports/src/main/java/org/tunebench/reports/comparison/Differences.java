package org.tunebench.reports.comparison;

import java.util.Locale;
import org.tunebench.core.statistics.Interval;
import org.tunebench.reports.run.SuiteMetric;

/** Differences as they are written: shares in percentage points, the others in their own unit. */
public final class Differences {
    private Differences() {}

    /** A signed number, without its unit, e.g. {@code +3.1}. */
    public static String signed(SuiteMetric metric, double difference) {
        String text = String.format(Locale.ROOT, "%+." + digits(metric) + "f", shown(metric, difference));
        return (Double.parseDouble(text) == 0 ? text.substring(1) : text).replace('-', '\u2212');
    }

    /** The number as shown: shares times 100. */
    public static double shown(SuiteMetric metric, double difference) {
        return metric.scale() == SuiteMetric.Scale.SHARE ? 100 * difference : difference;
    }

    /** The margin within which two models are the same, with its unit. */
    public static String margin(SuiteMetric metric) {
        return (plain(metric, metric.scale().margin()) + " " + metric.scale().unit()).strip();
    }

    static String size(Pair pair) {
        return (plain(pair.metric(), Math.abs(pair.difference().mean())) + " "
                        + pair.metric().scale().unit())
                .strip();
    }

    /** The interval of the size, for a sentence that has already said which way it goes. */
    static String sizeInterval(Pair pair) {
        Interval bounds = pair.difference().ci95();
        boolean negative = pair.difference().mean() < 0;
        return unsigned(pair.metric(), negative ? -bounds.hi() : bounds.lo()) + " to "
                + unsigned(pair.metric(), negative ? -bounds.lo() : bounds.hi());
    }

    static String interval(Pair pair) {
        Interval bounds = pair.difference().ci95();
        return "(95 % interval " + signed(pair.metric(), bounds.lo()) + " to " + signed(pair.metric(), bounds.hi())
                + ")";
    }

    private static String unsigned(SuiteMetric metric, double value) {
        return plain(metric, value).replace('-', '\u2212');
    }

    private static String plain(SuiteMetric metric, double size) {
        return String.format(Locale.ROOT, "%." + digits(metric) + "f", shown(metric, size));
    }

    /** Digits behind the point of a difference as shown. */
    public static int digits(SuiteMetric metric) {
        return switch (metric.scale()) {
            case SHARE -> 1;
            case RATING -> 2;
            case PERPLEXITY, QUANTITY, LOSS -> 3;
        };
    }
}

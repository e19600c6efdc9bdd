package org.tunebench.reports.leaderboard;

import java.util.Locale;
import java.util.OptionalDouble;
import org.tunebench.reports.run.SuiteMetric;

/** Numbers as people read them. What machines read keeps full precision. */
public final class Figures {
    /** What stands where there is no number. */
    public static final String NONE = "\u2013";

    private Figures() {}

    /** A score: shares in per cent with one decimal, others with two. */
    public static String score(SuiteMetric metric, double value) {
        return metric.scale() == SuiteMetric.Scale.SHARE ? fixed(100 * value, 1) : fixed(value, 2);
    }

    /** Half the width of a cell's interval; empty where it has none. */
    public static String plusMinus(SuiteMetric metric, Cell cell) {
        return cell.ci95() == null
                ? ""
                : "±" + score(metric, (cell.ci95().hi() - cell.ci95().lo()) / 2);
    }

    /** A p value: to two significant digits, with a floor. */
    public static String p(double p) {
        if (p < 0.0001) {
            return "<0.0001";
        }
        return p >= 0.0995 ? fixed(p, 2) : p >= 0.00995 ? fixed(p, 3) : fixed(p, 4);
    }

    /** A count: 950, 12.3k, 4.5M, 1.2G. */
    public static String count(OptionalDouble count) {
        if (count.isEmpty()) {
            return NONE;
        }
        double n = count.getAsDouble();
        return n < 1e3
                ? fixed(n, 0)
                : n < 1e6 ? fixed(n / 1e3, 1) + "k" : n < 1e9 ? fixed(n / 1e6, 1) + "M" : fixed(n / 1e9, 1) + "G";
    }

    /** A time: 8.4 s, 3 min 05 s, 2 h 07 min. */
    public static String time(OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return NONE;
        }
        double s = seconds.getAsDouble();
        if (s < 60) {
            return fixed(s, 1) + " s";
        }
        long whole = Math.round(s);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }

    /** An energy: 840 J, 12.3 kJ, 1.25 kWh. */
    public static String energy(OptionalDouble joules) {
        if (joules.isEmpty()) {
            return NONE;
        }
        double j = joules.getAsDouble();
        return j < 1e3 ? fixed(j, 0) + " J" : j < 3.6e5 ? fixed(j / 1e3, 1) + " kJ" : fixed(j / 3.6e6, 2) + " kWh";
    }

    private static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}

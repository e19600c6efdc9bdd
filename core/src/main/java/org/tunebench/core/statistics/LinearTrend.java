package org.tunebench.core.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;
import org.tunebench.core.record.Metric;

/** The slope of the least-squares line through points, with Student's t interval at n - 2 degrees of freedom. */
public final class LinearTrend {
    private LinearTrend() {}

    /** Change of y for each unit of x; empty for fewer than three points and where x never varies. */
    public static Optional<Metric> slope(double[] x, double[] y) {
        int n = x.length;
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        if (n < 3 || xx == 0) {
            return Optional.empty();
        }
        double slope = xy / xx;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - meanY - slope * (x[i] - meanX);
            squares += residual * residual;
        }
        double stderr = Math.sqrt(squares / (n - 2.0) / xx);
        double reach = TDistribution.of(n - 2.0).inverseSurvivalProbability(0.025) * stderr;
        return Optional.of(new Metric(slope, stderr, List.of(slope - reach, slope + reach)));
    }
}

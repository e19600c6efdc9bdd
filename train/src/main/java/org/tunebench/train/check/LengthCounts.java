package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tunebench.core.record.CheckRecord.Bin;
import org.tunebench.core.record.CheckRecord.Lengths;

/** How many examples have which length. Memory goes with the number of different lengths. */
final class LengthCounts {
    private static final int BINS = 12;

    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private long examples;

    void add(int length) {
        counts.merge(length, 1L, Long::sum);
        examples++;
    }

    /** @param of what was counted */
    Lengths lengths(String of) {
        if (examples == 0) {
            return new Lengths(of, 0, 0, 0, 0, 0, List.of());
        }
        int least = counts.firstKey();
        int most = counts.lastKey();
        int width = width(quantile(0.98) - least + 1);
        int from = Math.floorDiv(least, width) * width;
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS && from <= most; bin++) {
            int to = bin == BINS - 1 ? most : Math.min(from + width - 1, most);
            bins.add(new Bin(from, to, between(from, to)));
            from += width;
        }
        return new Lengths(of, examples, least, quantile(0.5), quantile(0.95), most, bins);
    }

    /** The least length that this part of the examples does not exceed. */
    private int quantile(double part) {
        long needed = (long) Math.ceil(part * examples);
        long seen = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= needed) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no lengths");
    }

    private long between(int from, int to) {
        return counts.subMap(from, true, to, true).values().stream()
                .mapToLong(n -> n)
                .sum();
    }

    /** 1, 2 or 5 times a power of ten, so that the bins span a range. */
    private static int width(int range) {
        int power = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                if ((long) factor * power * (BINS - 1) >= range) {
                    return factor * power;
                }
            }
            power *= 10;
        }
    }
}

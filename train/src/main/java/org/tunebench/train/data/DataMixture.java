package org.tunebench.train.data;

import java.util.List;
import org.tunebench.train.data.filter.ExampleFilter;

/**
 * What a recipe says about its examples.
 *
 * @param sources in the recipe's order
 * @param filters applied in order to every source
 * @param inputHeading what an Alpaca record's input stands under, e.g. {@code ### Input:} in the Alpaca prompt; empty for a
 *     plain paragraph
 * @param badRecords the part of a source's records that may be unusable; with more of them reading is refused
 * @param seed chooses templates and the examples of a limit
 */
public record DataMixture(
        List<DataSource> sources, List<ExampleFilter> filters, String inputHeading, double badRecords, long seed) {
    /** The default of {@code bad_records}. */
    public static final double BAD_RECORDS = 0.01;

    public DataMixture {
        sources = List.copyOf(sources);
        filters = List.copyOf(filters);
    }

    /** Sources as they are. */
    public static DataMixture of(List<DataSource> sources, long seed) {
        return new DataMixture(sources, List.of(), "", BAD_RECORDS, seed);
    }

    /** The same for other sources and filters. */
    public DataMixture with(List<DataSource> others, List<ExampleFilter> otherFilters) {
        return new DataMixture(others, otherFilters, inputHeading, badRecords, seed);
    }
}

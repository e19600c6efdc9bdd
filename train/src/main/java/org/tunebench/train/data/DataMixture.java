package org.tunebench.train.data;

import java.util.List;

/**
 * What a recipe says about its examples.
 *
 * @param sources in the recipe's order
 * @param filters applied in order to every source
 * @param alpacaInput whether an Alpaca record's input goes under an {@code ### Input:} heading, as the Alpaca prompt has
 *     it, in place of a plain paragraph
 * @param seed chooses templates and the examples of a limit
 */
public record DataMixture(List<DataSource> sources, List<ExampleFilter> filters, boolean alpacaInput, long seed) {
    public DataMixture {
        sources = List.copyOf(sources);
        filters = List.copyOf(filters);
    }
}

package org.tunebench.train.data.filter;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Exchange;

/** A filter at work on one pass over the examples, in their order. It may remember what it has seen. */
@FunctionalInterface
public interface FilterPass {
    /** What the filter says of the next example. */
    Verdict judge(Example example);

    /**
     * A test of each exchange by itself: the first objection drops the conversation. Raw text passes.
     *
     * @param objection what is wrong with an exchange, null for nothing
     */
    static FilterPass ofExchanges(Function<Exchange, @Nullable String> objection) {
        return example -> {
            for (Exchange exchange : Exchange.of(example)) {
                String found = objection.apply(exchange);
                if (found != null) {
                    return Verdict.drop(found);
                }
            }
            return Verdict.KEEP;
        };
    }
}

package org.tunebench.train.batch;

import java.util.List;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.data.SourceCounts;

/** Looks on while the examples of a run are read and tokenized, so that whoever wants to know them need not read them again. */
public interface Inspection {
    /** Looks at nothing. */
    Inspection NONE = new Inspection() {
        @Override
        public void begin(ChatTemplate template, Tokenizer tokenizer) {}

        @Override
        public Runnable inspect(InspectedExample example) {
            return () -> {};
        }

        @Override
        public void end(List<SourceCounts> counts, TokenizedDataset tokenized) {}
    };

    /** Called once, before the first example. */
    void begin(ChatTemplate template, Tokenizer tokenizer);

    /**
     * Looks at one example; several threads do so at a time.
     *
     * @return what is to be done with what was seen: one thread runs it, in the order of the examples
     */
    Runnable inspect(InspectedExample example);

    /** Called once, after the last example, before anything that is missing is refused. */
    void end(List<SourceCounts> counts, TokenizedDataset tokenized);
}

package org.tunebench.train.batch;

import java.util.List;

/** The examples that share a row of a batch, in order. */
record Row(List<TokenizedExample> examples) {
    int length() {
        return examples.stream().mapToInt(TokenizedExample::length).sum();
    }
}

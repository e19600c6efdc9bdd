package org.tunebench.train.data.filter;

import java.util.List;

/**
 * What a suite shows to models or compares their answers with: questions, choices, reference answers, each a text of its
 * own. Examples that hold them would make the score a test of memory.
 */
public record SuiteTexts(String suite, List<String> texts) {
    public SuiteTexts {
        texts = List.copyOf(texts);
    }
}

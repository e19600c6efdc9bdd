package org.tunebench.core.runtime;

import org.tunebench.core.runtime.LanguageModel.TextListener;

/** Tells a row's text as it grows, each part once it is settled. */
final class StreamedText {
    private final TextListener listener;
    private int told;

    StreamedText(TextListener listener) {
        this.listener = listener;
    }

    void tell(GeneratedRow row) {
        String text = row.settledText();
        if (text.length() > told) {
            listener.text(text.substring(told));
            told = text.length();
        }
    }
}

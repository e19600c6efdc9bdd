package org.tunebench.core.text;

import java.util.Locale;

/** Who speaks in a conversation, under the names that chat templates use. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL;

    /** The name in files and templates: {@code system}, {@code user}, {@code assistant}, {@code tool}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

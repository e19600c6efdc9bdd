package org.tunebench.train.adapter;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;

/**
 * Names modules or tensors by the last parts of their dotted names; {@code *} stands for anything: {@code q_proj},
 * {@code layers.21.*}, {@code *norm.weight}.
 */
public record NamePattern(String text) {
    /** Whether a name, or what follows one of its dots, is as the pattern says. */
    public boolean matches(String name) {
        return name.matches("(.*\\.)?" + Pattern.quote(text).replace("*", "\\E.*\\Q"));
    }

    /** Whether one of several patterns matches. */
    public static boolean any(List<String> patterns, String name) {
        return patterns.stream().anyMatch(p -> new NamePattern(p).matches(name));
    }

    /**
     * Refuses a pattern that matches none of the names; the message lists the last parts of the names.
     *
     * @param what what a pattern is called, e.g. {@code lora target}
     * @param where the patterns stand
     */
    public static void requireMatches(List<String> patterns, Collection<String> names, String what, String where) {
        for (String pattern : patterns) {
            if (names.stream().noneMatch(new NamePattern(pattern)::matches)) {
                List<String> known = names.stream()
                        .map(n -> n.replaceAll("\\.\\d+\\.", ".*."))
                        .distinct()
                        .toList();
                throw new InputException(
                        what + " '" + pattern + "' matches nothing in the base model",
                        where,
                        "Name one of " + String.join(", ", known) + ", or the last parts of such a name");
            }
        }
    }
}

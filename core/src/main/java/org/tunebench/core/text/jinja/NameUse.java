package org.tunebench.core.text.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a parser learns about names on its way: which special variables each macro reads, and which filters and tests are
 * not known. As in jinja2 an unknown one is refused at once, but inside {@code if} only when it is reached.
 */
final class NameUse {
    private static final Set<String> SPECIAL = Set.of("caller", "kwargs", "varargs");

    private final Deque<Set<String>> macros = new ArrayDeque<>();
    private final List<TemplateError> unknown = new ArrayList<>();
    private boolean soft;

    /** Goes into a part where unknown filters are refused at once, or, if soft, when reached; returns what was before. */
    boolean enter(boolean softly) {
        refuseUnknown(soft);
        boolean outer = soft;
        soft = softly;
        return outer;
    }

    void leave(boolean outer) {
        refuseUnknown(soft);
        soft = outer;
    }

    /** Throws the first unknown name noted and not forgiven. */
    void refuseUnknown(boolean forgiving) {
        if (!forgiving && !unknown.isEmpty()) {
            throw unknown.get(0);
        }
        unknown.clear();
    }

    void unknown(String kind, String name, int line) {
        unknown.add(new TemplateError("No " + kind + " named '" + name + "'.", line));
    }

    int mark() {
        return unknown.size();
    }

    /** Forgives what was noted since the mark: it stands in a conditional expression. */
    void forgiveSince(int mark) {
        unknown.subList(Math.min(mark, unknown.size()), unknown.size()).clear();
    }

    void read(String name) {
        if (SPECIAL.contains(name)) {
            macros.forEach(uses -> uses.add(name));
        }
    }

    Set<String> startMacro() {
        Set<String> uses = new HashSet<>();
        macros.push(uses);
        return uses;
    }

    void endMacro() {
        macros.pop();
    }
}

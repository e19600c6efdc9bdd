package org.tunebench.core.text;

import java.util.List;

/** Texts that stand for contents: numbers between two private-use characters that no message has. */
final class Marks {
    private final char open;

    Marks(List<Message> messages) {
        char candidate = '\uE000';
        while (candidate < '\uF8FE' && isUsed(candidate, messages)) {
            candidate += 2;
        }
        this.open = candidate;
    }

    private static boolean isUsed(char c, List<Message> messages) {
        return messages.stream()
                .anyMatch(m -> m.content().indexOf(c) >= 0 || m.content().indexOf(c + 1) >= 0);
    }

    String open() {
        return String.valueOf(open);
    }

    String mark(int turn) {
        return open + Integer.toString(turn) + (char) (open + 1);
    }
}

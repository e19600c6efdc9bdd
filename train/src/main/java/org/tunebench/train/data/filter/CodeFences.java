package org.tunebench.train.data.filter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Exchange;

/**
 * Filter {@code code_fences}: drops a conversation with a response whose Markdown code block is never closed: what follows
 * would be learned as code, and most often the response was cut. Fences are those of CommonMark 0.31, section 4.5: a line of
 * at least three backticks or tildes after at most three spaces; it is closed by a line of nothing but the same character, at
 * least as often. Raw text passes.
 */
public record CodeFences() implements ExampleFilter {
    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        return FilterPass.ofExchanges(CodeFences::objection);
    }

    private static @Nullable String objection(Exchange exchange) {
        Fence open = null;
        int openedAt = 0;
        int number = 0;
        for (String line : exchange.response().lines().toList()) {
            number++;
            Fence fence = Fence.of(line).orElse(null);
            if (fence == null) {
                continue;
            }
            if (open == null) {
                open = fence;
                openedAt = number;
            } else if (fence.closes(open)) {
                open = null;
            }
        }
        return open == null ? null : "the code block that line " + openedAt + " of the response opens is never closed";
    }

    private record Fence(char character, int length, boolean bare) {
        static Optional<Fence> of(String line) {
            int start = 0;
            while (start < line.length() && line.charAt(start) == ' ') {
                start++;
            }
            if (start > 3 || start == line.length()) {
                return Optional.empty();
            }
            char c = line.charAt(start);
            int end = start;
            while (end < line.length() && line.charAt(end) == c) {
                end++;
            }
            String info = line.substring(end);
            boolean fence = (c == '`' && info.indexOf('`') < 0 || c == '~') && end - start >= 3;
            return fence ? Optional.of(new Fence(c, end - start, info.isBlank())) : Optional.empty();
        }

        boolean closes(Fence open) {
            return bare && character == open.character && length >= open.length;
        }
    }
}

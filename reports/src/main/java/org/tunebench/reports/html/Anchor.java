package org.tunebench.reports.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tunebench.core.record.Sha256;

/** Where a link leads: ids that stay the same from report to report, since they are made from names only. */
final class Anchor {
    private static final int HASH = 6;

    private Anchor() {}

    /** A place that the page's script opens: {@code compare/masked/base}, each part percent-encoded. */
    static String route(String... parts) {
        return Arrays.stream(parts)
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /** {@code suite-mmlu-anatomy}; a name that loses anything on the way gets the start of its hash behind it. */
    static String of(String kind, String... names) {
        StringBuilder anchor = new StringBuilder(kind);
        for (String name : names) {
            String plain = name.toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9_.]+", "-")
                    .replaceAll("^-|-$", "");
            anchor.append('-').append(plain);
            if (!plain.equals(name)) {
                anchor.append('-').append(Sha256.ofText(name), 0, HASH);
            }
        }
        return anchor.toString();
    }
}

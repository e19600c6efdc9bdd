package org.tunebench.eval.rating;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** 300 responses that try to break or take over whatever shows them. */
final class HostileResponses {
    static final int COUNT = 300;

    private static final String[] PARTS = {
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"x\",\"click\")",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+1+1",
        "-1",
        "\uFF1D1",
        "\u0000",
        "\u001B[2J",
        "\u0007",
        "\u202E",
        "\u2066",
        "\u200B",
        "\uFEFF",
        "\uFFFE",
        "\uFFFF",
        "\uD83D",
        "\uDE00",
        "\uD83D\uDE00",
        "\uDB40\uDC41",
        "\"",
        "'",
        ",",
        ";",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u2028",
        "<script>window.hacked=1</script>",
        "</script><script>window.hacked=1</script>",
        "<img src=x onerror=\"window.hacked=1\">",
        "<svg onload=window.hacked=1>",
        "<style>body{display:none}</style>",
        "<!--",
        "-->",
        "]]>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
        "&lt;b&gt;",
        "{{script}}",
        "${7*7}",
        "$prompt",
        "_x0041_",
        "_x000D_",
        "\\u003c",
        "javascript:window.hacked=1",
        "caf\u00e9 \u4f60\u597d \u0633\u0644\u0627\u0645",
        "__proto__"
    };

    private HostileResponses() {}

    /** Prompt id → response; the same seed gives the same. Some are lines of a megabyte. */
    static Map<String, String> of(long seed) {
        Random random = new Random(seed);
        Map<String, String> responses = new LinkedHashMap<>();
        for (int i = 0; i < COUNT; i++) {
            String text = IntStream.range(0, 1 + random.nextInt(7))
                    .mapToObj(part -> PARTS[random.nextInt(PARTS.length)])
                    .collect(Collectors.joining(random.nextBoolean() ? "" : " "));
            responses.put("p" + i, i % 100 == 0 ? text + "y".repeat(1_000_000) : i < PARTS.length ? PARTS[i] : text);
        }
        return responses;
    }
}

package org.tunebench.core.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.core.record.Json;

/** Damaged files, made from whole ones so that they are wrong in few places; the same for the same random numbers. */
public final class Mutations {
    private static final byte[] BYTES =
            "{}[]:,\"-0123456789.eE\\ntrufals\u0000\u00ff ".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern TEMPLATE_TOKEN =
            Pattern.compile("\\{[{%#]-?|-?[}%#]}|\\w+|'[^']*'|\"[^\"]*\"|\\s+|.", Pattern.DOTALL);
    private static final List<String> TEMPLATE_EDITS = List.of(
            "range(100000)",
            "range(10 ** 18)",
            " * 1000000000",
            " ~ messages",
            " | tojson(indent=4)",
            " | join(messages | string)",
            "[::-1]",
            "[-9223372036854775808:]",
            "recursive",
            "loop(messages)",
            " | map('string') | list",
            "{% for i in range(100000) %}",
            "{% endfor %}",
            "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
            "{% set ns.x = ns.x + ns.x %}",
            "{% set ns = namespace(x=messages) %}",
            "{{ raise_exception(messages) }}",
            "{% generation %}",
            "{% endgeneration %}",
            " | replace('', 'xxxxxxxxxxxxxxxx')",
            " | indent(99999999)",
            " | center(999999999)",
            "'%99999999s' % 1",
            "lipsum(100000)",
            "\ud800",
            "\u0000",
            "**9999999999",
            " // 0",
            " % 0",
            "9223372036854775807 + 1",
            "(".repeat(500),
            "not ".repeat(2000));

    private Mutations() {}

    /** Bytes with up to three edits in their first so many: one changed, cut out or put in, a stretch doubled, the end cut. */
    public static byte[] ofBytes(byte[] whole, int first, Random random) {
        byte[] bytes = whole;
        for (int edits = 1 + random.nextInt(3); edits > 0 && bytes.length > 0; edits--) {
            int at = random.nextInt(Math.min(first, bytes.length));
            int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
            byte[] token = {BYTES[random.nextInt(BYTES.length)]};
            bytes = switch (random.nextInt(5)) {
                case 0 -> spliced(bytes, at, at + 1, token);
                case 1 -> spliced(bytes, at, at + 1, new byte[0]);
                case 2 -> spliced(bytes, at, at, token);
                case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
                default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, Math.max(1, at)) : bytes;
            };
        }
        return bytes;
    }

    /** A JSON file: three times in four a document that is wrong in some of its values, else as bytes. */
    public static byte[] ofJson(byte[] whole, Random random) {
        return random.nextInt(4) == 0
                ? ofBytes(whole, whole.length, random)
                : new JsonMutations(random).mutated(tree(whole)).getBytes(StandardCharsets.UTF_8);
    }

    /** A safetensors file: its header as JSON, mostly with the right size before it; its size; or as bytes. */
    public static byte[] ofSafetensors(byte[] whole, Random random) {
        int size = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (random.nextInt(4) == 0) {
            return ofBytes(whole, 8 + size, random);
        }
        byte[] header = ofJson(Arrays.copyOfRange(whole, 8, 8 + size), random);
        long written = switch (random.nextInt(10)) {
            case 0 -> random.nextLong();
            case 1 -> header.length + random.nextInt(9) - 4;
            default -> header.length;
        };
        int data = whole.length - 8 - size;
        int kept = random.nextInt(8) == 0 ? random.nextInt(data + 1) : data;
        return ByteBuffer.allocate(8 + header.length + kept)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(written)
                .put(header)
                .put(whole, 8 + size, kept)
                .array();
    }

    /** A template: the start of one and the end of another, and up to four tokens dropped, doubled, moved or put in. */
    public static String ofTemplates(List<String> sources, Random random) {
        List<String> first = tokens(sources.get(random.nextInt(sources.size())));
        List<String> source = first;
        if (random.nextBoolean()) {
            List<String> second = tokens(sources.get(random.nextInt(sources.size())));
            source = new ArrayList<>(first.subList(0, random.nextInt(first.size() + 1)));
            source.addAll(second.subList(random.nextInt(second.size() + 1), second.size()));
        }
        for (int edits = random.nextInt(5); edits > 0 && !source.isEmpty(); edits--) {
            int at = random.nextInt(source.size());
            int other = random.nextInt(source.size());
            switch (random.nextInt(5)) {
                case 0 -> source.remove(at);
                case 1 -> source.add(at, source.get(other));
                case 2 -> source.set(at, source.get(other));
                case 3 -> source.add(at, TEMPLATE_EDITS.get(random.nextInt(TEMPLATE_EDITS.size())));
                default -> source.set(at, TEMPLATE_EDITS.get(random.nextInt(TEMPLATE_EDITS.size())));
            }
        }
        return String.join("", source);
    }

    private static List<String> tokens(String source) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TEMPLATE_TOKEN.matcher(source);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a whole file is no JSON", e);
        }
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + replacement.length);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(bytes, to, result, from + replacement.length, bytes.length - to);
        return result;
    }
}

package org.tunebench.train.batch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tunebench.train.data.example.Origin;

/**
 * Tokenized examples one behind the other as ints: a head, the scores, the tokens, each with its mark in the lowest bit; and
 * apart from them, since nothing but the lineage reads it, how their texts begin, in UTF-8. On the heap an example takes 12
 * bytes, and every file, task, category, template and filter is there once.
 */
final class ExampleStore {
    private static final int SOURCE = 0;
    private static final int FILE = 1;
    private static final int LINE = 2;
    private static final int PART = 3;
    private static final int TASK = 4;
    private static final int CATEGORY = 5;
    private static final int TEMPLATE = 6;
    private static final int ORDINAL = 7;
    private static final int SUPERVISED = 8;
    private static final int SCORES = 9;
    private static final int TEXT_HIGH = 10;
    private static final int TEXT_LOW = 11;
    private static final int PROMPT = 12;
    private static final int RESPONSE = 13;
    private static final int HEAD = 14;
    private static final int SCORE = 3;

    private static final TextStart NO_TEXT = new TextStart("", "");

    private final TokenPool pool = new TokenPool();
    private final TokenPool texts = new TokenPool(1 << 18);
    private final Table<FileOfExamples> files = new Table<>();
    private final Table<String> names = new Table<>();
    private long[] places = new long[64];
    private int[] lengths = new int[64];
    private int size;

    private record FileOfExamples(Path file, String label) {}

    /** @param ordinal the example's number in the dataset */
    void add(TokenizedExample example, int ordinal) {
        Origin origin = example.origin();
        int scores = origin.scores().size();
        TextStart text = example.text() == null ? NO_TEXT : example.text();
        int[] prompt = packed(text.prompt());
        int[] response = packed(text.response());
        long textPlace = texts.append(joined(prompt, response), prompt.length + response.length);
        int[] ints = new int[HEAD + SCORE * scores + example.length()];
        ints[SOURCE] = origin.source();
        ints[FILE] = files.number(new FileOfExamples(origin.file(), origin.label()));
        ints[LINE] = origin.line();
        ints[PART] = origin.part();
        ints[TASK] = names.number(origin.task());
        ints[CATEGORY] = names.number(origin.category());
        ints[TEMPLATE] = names.number(origin.template());
        ints[ORDINAL] = ordinal;
        ints[SUPERVISED] = example.supervisedTokens();
        ints[SCORES] = scores;
        ints[TEXT_HIGH] = (int) (textPlace >>> Integer.SIZE);
        ints[TEXT_LOW] = (int) textPlace;
        ints[PROMPT] = prompt.length;
        ints[RESPONSE] = response.length;
        int at = HEAD;
        for (Map.Entry<String, Double> score : origin.scores().entrySet()) {
            long bits = Double.doubleToRawLongBits(score.getValue());
            ints[at++] = names.number(score.getKey());
            ints[at++] = (int) (bits >>> Integer.SIZE);
            ints[at++] = (int) bits;
        }
        for (int i = 0; i < example.length(); i++) {
            ints[at++] = example.ids()[i] << 1 | (example.supervised()[i] ? 1 : 0);
        }
        if (size == lengths.length) {
            places = Arrays.copyOf(places, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        places[size] = pool.append(ints, at);
        lengths[size++] = example.length();
    }

    int size() {
        return size;
    }

    int length(int place) {
        return lengths[place];
    }

    int source(int place) {
        return pool.read(places[place] + SOURCE);
    }

    int ordinal(int place) {
        return pool.read(places[place] + ORDINAL);
    }

    int supervisedTokens(int place) {
        return pool.read(places[place] + SUPERVISED);
    }

    @Nullable
    String task(int place) {
        return names.get(pool.read(places[place] + TASK));
    }

    @Nullable
    String category(int place) {
        return names.get(pool.read(places[place] + CATEGORY));
    }

    /** How the text begins. */
    TextStart text(int place) {
        int[] head = new int[HEAD];
        pool.read(places[place], head);
        int[] ints = new int[head[PROMPT] + head[RESPONSE]];
        texts.read((long) head[TEXT_HIGH] << Integer.SIZE | head[TEXT_LOW] & 0xFFFFFFFFL, ints);
        return new TextStart(unpacked(ints, 0, head[PROMPT]), unpacked(ints, head[PROMPT], ints.length));
    }

    private static int[] joined(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A text in UTF-8, four bytes an int, zeros behind it. */
    private static int[] packed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int[] ints = new int[(bytes.length + Integer.BYTES - 1) / Integer.BYTES];
        ByteBuffer.wrap(Arrays.copyOf(bytes, ints.length * Integer.BYTES))
                .asIntBuffer()
                .get(ints);
        return ints;
    }

    private static String unpacked(int[] ints, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * Integer.BYTES);
        bytes.asIntBuffer().put(ints, from, to - from);
        String text = new String(bytes.array(), StandardCharsets.UTF_8);
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    Origin origin(int place) {
        int[] head = new int[HEAD + SCORE * pool.read(places[place] + SCORES)];
        pool.read(places[place], head);
        return origin(head);
    }

    TokenizedExample get(int place) {
        int start = HEAD + SCORE * pool.read(places[place] + SCORES);
        int[] ints = new int[start + lengths[place]];
        pool.read(places[place], ints);
        int[] ids = new int[lengths[place]];
        boolean[] supervised = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ints[start + i] >>> 1;
            supervised[i] = (ints[start + i] & 1) == 1;
        }
        return new TokenizedExample(origin(ints), ids, supervised);
    }

    private Origin origin(int[] head) {
        Map<String, Double> scores = new TreeMap<>();
        for (int at = HEAD; at < HEAD + SCORE * head[SCORES]; at += SCORE) {
            long bits = (long) head[at + 1] << Integer.SIZE | head[at + 2] & 0xFFFFFFFFL;
            scores.put(String.valueOf(names.get(head[at])), Double.longBitsToDouble(bits));
        }
        FileOfExamples file = files.values.get(head[FILE]);
        return new Origin(
                head[SOURCE],
                file.file(),
                file.label(),
                head[LINE],
                head[PART],
                names.get(head[TASK]),
                names.get(head[CATEGORY]),
                names.get(head[TEMPLATE]),
                scores);
    }

    /** Values by number; null is -1. */
    private static final class Table<T> {
        private final List<T> values = new ArrayList<>();
        private final Map<T, Integer> numbers = new HashMap<>();

        int number(@Nullable T value) {
            if (value == null) {
                return -1;
            }
            Integer known = numbers.get(value);
            if (known == null) {
                known = values.size();
                values.add(value);
                numbers.put(value, known);
            }
            return known;
        }

        @Nullable
        T get(int number) {
            return number < 0 ? null : values.get(number);
        }
    }
}

package org.tunebench.train.category;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * The labelled instructions that the built-in model learns from: sixty templates a category, written for this project
 * ({@code instructions.txt} beside this class), each filled several times from lists of things, places and passages.
 */
final class LabelledInstructions {
    private static final String RESOURCE = "instructions.txt";
    private static final Pattern SLOT = Pattern.compile("\\{[a-z]+}");

    private final Map<Category, List<String>> templates = new LinkedHashMap<>();
    private final Map<String, List<String>> fillings = new HashMap<>();

    private LabelledInstructions() {}

    /** @param template number of the template among all, to keep what one template made on one side of a split */
    record LabelledInstruction(String text, Category category, int template) {}

    /**
     * Every template filled so many times.
     *
     * @param seed draws the fillings
     */
    static List<LabelledInstruction> generate(int fillings, long seed) {
        LabelledInstructions source = new LabelledInstructions();
        source.read();
        List<LabelledInstruction> labelled = new ArrayList<>();
        int number = 0;
        for (Map.Entry<Category, List<String>> ofCategory : source.templates.entrySet()) {
            for (String template : ofCategory.getValue()) {
                for (int i = 0; i < fillings; i++) {
                    SeededRandom random = SeededRandom.of(seed, number, i);
                    labelled.add(new LabelledInstruction(source.fill(template, random), ofCategory.getKey(), number));
                }
                number++;
            }
        }
        return labelled;
    }

    /** {@code |} parts instruction and input; {@code \n} is a line end. */
    private String fill(String template, SeededRandom random) {
        Matcher slots = SLOT.matcher(template.replace("|", "\n\n").replace("\\n", "\n"));
        StringBuilder text = new StringBuilder();
        while (slots.find()) {
            List<String> values = fillings.get(slots.group());
            String value = values == null ? slots.group() : values.get(random.nextInt(values.size()));
            slots.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return slots.appendTail(text).toString();
    }

    private void read() {
        InputStream resource =
                Objects.requireNonNull(LabelledInstructions.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            String heading = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("## ")) {
                    heading = line.substring(3);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    put(heading, line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String heading, String line) {
        if (heading.startsWith("{")) {
            List<String> values = heading.equals("{text}") ? List.of(line) : List.of(line.split(", "));
            fillings.computeIfAbsent(heading, h -> new ArrayList<>()).addAll(values);
        } else {
            Category category = Category.of(heading).orElseThrow(() -> new IllegalStateException(heading));
            templates.computeIfAbsent(category, c -> new ArrayList<>()).add(line);
        }
    }
}

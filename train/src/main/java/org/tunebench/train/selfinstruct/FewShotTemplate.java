package org.tunebench.train.selfinstruct;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A published prompt: what is wanted, worked examples, and {@code Task:} where the new one follows.
 *
 * @param head what is wanted
 * @param examples each beginning behind {@code Task:}
 */
record FewShotTemplate(String head, List<String> examples) {
    private static final String TASK = "\n\nTask:";

    /** One of the texts beside this class, by its file name. */
    static FewShotTemplate published(String file) {
        String[] parts = text(file).split(TASK, -1);
        return new FewShotTemplate(parts[0], List.of(parts).subList(1, parts.length - 1));
    }

    static String text(String file) {
        try (InputStream in = Objects.requireNonNull(FewShotTemplate.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The prompt for an instruction. @param end what stands behind it */
    String prompt(String instruction, String end) {
        StringBuilder prompt = new StringBuilder(head);
        examples.forEach(example -> prompt.append(TASK).append(example));
        return prompt.append(TASK)
                .append(' ')
                .append(PlainText.strip(instruction))
                .append(end)
                .toString();
    }

    /** The same without its last examples, as few as lets a prompt fit; without any where none does. */
    FewShotTemplate fitting(Predicate<FewShotTemplate> fits) {
        FewShotTemplate fitting = this;
        while (!fitting.examples.isEmpty() && !fits.test(fitting)) {
            fitting = new FewShotTemplate(head, fitting.examples.subList(0, fitting.examples.size() - 1));
        }
        return fitting;
    }

    /** How many of a template's examples this one has, e.g. {@code 31 of 31}. */
    String shownOf(FewShotTemplate whole) {
        return examples.size() + " of " + whole.examples.size();
    }
}

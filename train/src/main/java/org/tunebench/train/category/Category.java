package org.tunebench.train.category;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of instructions, as the concept paper's table of diverse data has them. */
public enum Category {
    /** "What is the boiling point of water?": a fact, from memory or from a passage. */
    QUESTION_ANSWERING,
    /** "Explain how vaccines work": an understanding. */
    EXPLANATION,
    /** "Write a poem about mountains": a new text, ideas, a plan. */
    GENERATION,
    /** "Summarize this article in 3 sentences": a given text in another form, length, language or style. */
    REWRITING,
    /** "Write a Python function to sort a list": programs, and questions about them. */
    CODING,
    /** "If A > B and B > C, what can we conclude?": a result that must be worked out. */
    REASONING,
    /** "Is this review positive or negative?": one of a few labels. */
    CLASSIFICATION,
    /** "List the main characters in this story": parts of a given text, as they are there. */
    EXTRACTION;

    /** The name in data, recipes and records, e.g. {@code question_answering}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The category of a name; case, spaces and hyphens make no difference. */
    public static Optional<Category> of(String name) {
        String id = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        return Arrays.stream(values()).filter(c -> c.id().equals(id)).findFirst();
    }

    /** The names of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Category::id).toList();
    }
}

package org.tunebench.reports.html;

import java.util.Locale;

/** The parts of a recipe in which two may differ. */
enum RecipePart {
    DATA("data|filters|mixture|bad_records|seen|evaluation"),
    TEMPLATE("template"),
    MASK("mask|supervise|loss"),
    METHOD("method|lora|trainable|base|merge"),
    OPTIMIZER("optimizer|schedule|batch_size|batch_tokens|micro_batch_size|epochs|steps|packing|max_length|precision"
            + "|gradient_checkpointing|deterministic"),
    OTHER(".*");

    private final String keys;

    RecipePart(String keys) {
        this.keys = keys;
    }

    /** Of a setting by its dotted key. */
    static RecipePart of(String key) {
        String first = key.replaceFirst("[.\\[].*", "");
        for (RecipePart part : values()) {
            if (first.matches(part.keys)) {
                return part;
            }
        }
        return OTHER;
    }

    /** As the page says it. */
    String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}

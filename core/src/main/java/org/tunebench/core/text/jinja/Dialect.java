package org.tunebench.core.text.jinja;

import java.util.Map;

/** For what a template is written: which filters and functions it has, and how white space around its tags is kept. */
public enum Dialect {
    /** Chat templates, as transformers renders them. */
    CHAT(true, Filters.ALL, Map.of()),
    /** Prompts over the fields of a record, as PromptSource renders them. */
    PROMPT(false, PromptFilters.FILTERS, PromptFilters.FUNCTIONS);

    private final boolean trimsBlocks;
    private final Map<String, Filter> filters;
    private final Map<String, Function> functions;

    Dialect(boolean trimsBlocks, Map<String, Filter> filters, Map<String, Function> functions) {
        this.trimsBlocks = trimsBlocks;
        this.filters = filters;
        this.functions = functions;
    }

    boolean trimsBlocks() {
        return trimsBlocks;
    }

    Map<String, Filter> filters() {
        return filters;
    }

    Map<String, Function> functions() {
        return functions;
    }
}

package org.tunebench.core.text.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call. */
record Arguments(List<Object> positional, Map<String, Object> keyword) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    /**
     * Matches the arguments with parameters.
     *
     * @param function for messages
     * @param parameters names in order; a final {@code ?} makes one optional
     * @return one value a parameter, null for an optional one left out
     */
    @Nullable
    Object[] bind(String function, String... parameters) {
        if (positional.size() > parameters.length) {
            throw new TemplateError(function + "() takes at most " + parameters.length + " arguments ("
                    + positional.size() + " given)");
        }
        @Nullable Object[] bound = new @Nullable Object[parameters.length];
        int used = 0;
        for (int i = 0; i < parameters.length; i++) {
            boolean optional = parameters[i].endsWith("?");
            String name = optional ? parameters[i].substring(0, parameters[i].length() - 1) : parameters[i];
            boolean named = keyword.containsKey(name);
            used += named ? 1 : 0;
            if (i < positional.size()) {
                if (named) {
                    throw new TemplateError(function + "() got multiple values for argument '" + name + "'");
                }
                bound[i] = positional.get(i);
            } else if (named) {
                bound[i] = keyword.get(name);
            } else if (!optional) {
                throw new TemplateError(function + "() missing argument '" + name + "'");
            }
        }
        if (used < keyword.size()) {
            throw new TemplateError(function + "() got an unexpected keyword argument in " + keyword.keySet());
        }
        return bound;
    }

    /** The arguments behind the first few positional ones. */
    Arguments from(int first) {
        return new Arguments(positional.subList(first, positional.size()), keyword);
    }
}

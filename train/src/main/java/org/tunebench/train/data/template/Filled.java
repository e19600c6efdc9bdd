package org.tunebench.train.data.template;

import org.jspecify.annotations.Nullable;

/**
 * A template with the fields of a record in it.
 *
 * @param template its name: the given one, or its number in the list, counted from 0
 * @param response null where the template does not write it
 */
public record Filled(
        String template, String prompt, @Nullable String response) {}

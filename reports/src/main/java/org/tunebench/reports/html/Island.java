package org.tunebench.reports.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import org.tunebench.core.record.Json;

/**
 * JSON that may stand in a script element: {@code <}, {@code >} and {@code &} are written as {@code \}{@code u003c} and so
 * on, so that no text in it can end the element, and lone surrogates too, so that they come through as they are.
 */
final class Island {
    private Island() {}

    static TemplateHTMLOutputModel of(Object value) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(escaped(Json.MAPPER.writeValueAsString(value)));
        } catch (JsonProcessingException | TemplateModelException e) {
            throw new IllegalStateException("not a JSON value", e);
        }
    }

    /** The characters in question stand inside JSON strings only, where an escape means the same. */
    static String escaped(String json) {
        StringBuilder safe = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                safe.append(c).append(json.charAt(++i));
            } else if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}

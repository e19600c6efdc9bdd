package org.tunebench.reports.html;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import org.tunebench.core.record.Json;
import org.tunebench.reports.leaderboard.VisibleText;

/**
 * JSON that may stand in a script element: {@code <}, {@code >} and {@code &} are written as {@code \}{@code u003c} and so
 * on, so that no text in it can end the element, and so are control and bidirectional characters.
 */
final class Island {
    private Island() {}

    static TemplateHTMLOutputModel of(Object value) {
        try {
            return HTMLOutputFormat.INSTANCE.fromMarkup(escaped(Json.text(value, false)));
        } catch (TemplateModelException e) {
            throw new IllegalStateException("HTML output is not what it was", e);
        }
    }

    /** The characters in question stand inside JSON strings only, where an escape means the same. */
    static String escaped(String json) {
        StringBuilder safe = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '<' || c == '>' || c == '&' || VisibleText.hides(c) && !Character.isSurrogate(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}

package org.tunebench.core.text.jinja;

/** Text marked as safe HTML by {@code |safe}: a string, but one that HTML-escapes plain strings added to it. */
record Markup(String text) {
    /** The value as markup, escaped unless it already is. */
    static Markup escape(Object value) {
        if (value instanceof Markup markup) {
            return markup;
        }
        return new Markup(Texts.str(value)
                .replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;"));
    }
}

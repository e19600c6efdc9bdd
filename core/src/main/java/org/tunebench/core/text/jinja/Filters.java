package org.tunebench.core.text.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Jinja2's filters by name. */
final class Filters {
    static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>();
        all.put("tojson", JsonText::filter);
        all.put("string", (r, v, a) -> v instanceof Markup ? v : Texts.str(v));
        all.put("safe", (r, v, a) -> new Markup(Texts.str(v)));
        all.put("escape", (r, v, a) -> Markup.escape(v));
        all.put("e", (r, v, a) -> Markup.escape(v));
        all.put("forceescape", (r, v, a) -> Markup.escape(Texts.str(v)));
        all.put("default", (r, v, a) -> defaulted(v, a));
        all.put("d", (r, v, a) -> defaulted(v, a));
        all.put("length", (r, v, a) -> Sequences.length(v));
        all.put("count", (r, v, a) -> Sequences.length(v));
        all.put("attr", (r, v, a) -> {
            // The attribute only, never the item.
            String name = StringMethods.text(a.bind("attr", "name")[0]);
            return v instanceof Map<?, ?> ? Undefined.element(v, name) : Attributes.attribute(v, name);
        });
        all.put("abs", (r, v, a) -> v instanceof Double d ? (Object) Math.abs(d) : Math.abs(Numbers.integer(v)));
        all.put("int", (r, v, a) -> NumberFilters.toInteger(v, a));
        all.put("float", (r, v, a) -> NumberFilters.toReal(v, a));
        all.put("round", (r, v, a) -> NumberFilters.round(v, a));
        text(all);
        ListFilters.addTo(all);
        return Map.copyOf(all);
    }

    private static void text(Map<String, Filter> all) {
        all.put("upper", (r, v, a) -> like(v, Texts.str(v).toUpperCase(Locale.ROOT)));
        all.put("lower", (r, v, a) -> like(v, Texts.str(v).toLowerCase(Locale.ROOT)));
        all.put("capitalize", (r, v, a) -> like(v, StringMethods.capitalize(Texts.str(v))));
        all.put("title", (r, v, a) -> TextFilters.title(Texts.str(v)));
        all.put("trim", (r, v, a) -> {
            String text = Texts.str(v);
            r.charge(text.length());
            return like(v, StringMethods.strip(text, a.bind("trim", "chars?")[0], true, true));
        });
        all.put("replace", (r, v, a) -> {
            @Nullable Object[] bound = a.bind("replace", "old", "new", "count?");
            String text = Texts.str(v);
            r.charge(text.length());
            return Splitting.replace(
                    r,
                    text,
                    Texts.str(Objects.requireNonNull(bound[0])),
                    Texts.str(Objects.requireNonNull(bound[1])),
                    bound[2] == null || bound[2] == None.NONE ? -1 : Numbers.clampedInteger(bound[2]));
        });
        all.put("indent", TextFilters::indent);
        all.put("truncate", TextFilters::truncate);
        all.put("center", (r, v, a) -> {
            Object width = a.bind("center", "width?")[0];
            return Objects.requireNonNull(StringMethods.ALL.get("center"))
                    .call(r, Texts.str(v), Arguments.of(width == null ? 80L : width));
        });
        all.put("wordcount", (r, v, a) -> TextFilters.wordCount(Texts.str(v)));
        all.put(
                "format",
                (r, v, a) -> PercentFormat.format(
                        r,
                        Texts.str(v),
                        a.keyword().isEmpty()
                                ? new Tuple(a.positional())
                                : new java.util.LinkedHashMap<Object, Object>(a.keyword())));
        all.put("striptags", (r, v, a) -> TextFilters.stripTags(Texts.str(v)));
        all.put("urlencode", TextFilters::urlEncode);
    }

    /** Text derived from a value: markup stays markup. */
    private static Object like(Object value, String text) {
        return value instanceof Markup ? new Markup(text) : text;
    }

    private static Object defaulted(Object value, Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("default", "default_value?", "boolean?");
        boolean whenFalse = bound[1] != null && Types.truth(bound[1]);
        boolean missing = value instanceof Undefined || (whenFalse && !Types.truth(value));
        return !missing ? value : bound[0] == null ? "" : bound[0];
    }

    /** Applies a filter by name, as {@code map} does. */
    static Object apply(String name, Render render, Object value, Arguments arguments) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw new TemplateError("No filter named '" + name + "'.");
        }
        render.step();
        return filter.apply(render, value, arguments);
    }

    /** {@code a.b.0} followed from an item, as the {@code attribute} arguments of filters do. */
    static Object follow(Object item, Object path) {
        if (!Types.isString(path)) {
            return Attributes.item(item, path);
        }
        Object value = item;
        for (String part : List.of(Texts.str(path).split("\\.", -1))) {
            boolean index =
                    !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            value = Attributes.item(value, index ? (Object) Long.parseLong(part) : part);
        }
        return value;
    }
}

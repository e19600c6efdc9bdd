package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names that are there in every template: jinja2's and those transformers adds. */
final class Globals {
    static final Map<String, Object> ALL = Map.of(
            "range", (Function) (render, arguments) -> range(arguments),
            "dict", (Function) Globals::dict,
            "namespace", (Function) Globals::namespace,
            "cycler", (Function) (render, arguments) -> new Cycler(arguments.positional()),
            "joiner", (Function) (render, arguments) -> joiner(arguments),
            "raise_exception",
                    (Function) (render, arguments) -> {
                        throw new TemplateError(
                                Texts.str(Objects.requireNonNull(arguments.bind("raise_exception", "message")[0])));
                    },
            "strftime_now",
                    (Function) (render, arguments) -> {
                        Object format = arguments.bind("strftime_now", "format")[0];
                        return TimeFormat.format(StringMethods.text(format), render.now());
                    });

    private Globals() {}

    private static Object range(Arguments arguments) {
        @Nullable Object[] bound = arguments.bind("range", "start", "stop?", "step?");
        long first = Numbers.integer(Objects.requireNonNull(bound[0]));
        long step = bound[2] == null ? 1 : Numbers.integer(bound[2]);
        return bound[1] == null ? new Range(0, first, step) : new Range(first, Numbers.integer(bound[1]), step);
    }

    private static Object dict(Render render, Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        if (!arguments.positional().isEmpty()) {
            Object from = arguments.positional().get(0);
            if (from instanceof Map<?, ?> map) {
                dict.putAll(map);
            } else {
                for (Object pair : Sequences.list(render, from)) {
                    List<Object> entry = Sequences.list(render, pair);
                    if (entry.size() != 2) {
                        throw new TemplateError(
                                "dictionary update sequence element has length " + entry.size() + "; 2 is required");
                    }
                    Sequences.put(dict, entry.get(0), entry.get(1));
                }
            }
        }
        dict.putAll(arguments.keyword());
        return dict;
    }

    private static Object namespace(Render render, Arguments arguments) {
        Namespace namespace = new Namespace(new LinkedHashMap<>());
        ((Map<?, ?>) dict(render, arguments)).forEach((name, value) -> namespace.set(Texts.str(name), value));
        return namespace;
    }

    private static Object joiner(Arguments arguments) {
        Object separator = arguments.bind("joiner", "sep?")[0];
        boolean[] used = {false};
        return (Function) (render, none) -> {
            if (used[0]) {
                return separator == null ? ", " : separator;
            }
            used[0] = true;
            return "";
        };
    }

    /** {@code cycler(a, b)}: gives its items in turn. */
    static final class Cycler {
        private final List<Object> items;
        private int position;

        Cycler(List<Object> items) {
            if (items.isEmpty()) {
                throw new TemplateError("at least one item has to be provided");
            }
            this.items = new ArrayList<>(items);
        }

        @Nullable
        Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(position);
                case "next" ->
                    (Function) (render, arguments) -> {
                        Object current = items.get(position);
                        position = (position + 1) % items.size();
                        return current;
                    };
                case "reset" ->
                    (Function) (render, arguments) -> {
                        position = 0;
                        return None.NONE;
                    };
                default -> null;
            };
        }
    }
}

package org.tunebench.core.text.jinja;

import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate.Span;

/**
 * A chat template, read once and rendered often; safe for use by several threads. Rendering is bounded in output, steps and
 * depth, and can reach nothing but the variables it is given.
 */
public final class JinjaTemplate {
    private final String name;
    private final Block body;

    private JinjaTemplate(String name, Block body) {
        this.name = name;
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @param name for messages
     * @throws InputException where it is malformed, with the line
     */
    public static JinjaTemplate compile(String name, String source) {
        try {
            return new JinjaTemplate(name, Parser.parse(source));
        } catch (TemplateError e) {
            throw refused(name, e);
        } catch (StackOverflowError e) {
            throw refused(name, new TemplateError("it is nested too deeply"));
        }
    }

    /**
     * Renders with variables: strings, numbers, booleans, null (Python's None), lists and maps of these.
     *
     * @throws InputException where the template raises or breaks a rule of Jinja, or goes beyond a bound
     */
    public Output render(Map<String, ? extends @Nullable Object> variables) {
        return render(variables, Clock.systemDefaultZone());
    }

    /** The same at a given time, for {@code strftime_now}. */
    Output render(Map<String, ? extends @Nullable Object> variables, Clock clock) {
        Map<String, Object> values = new HashMap<>();
        variables.forEach((key, value) -> values.put(key, value(value)));
        Render render = new Render(clock);
        try {
            body.execute(new Scope(render, new HashMap<>(), new Scope(render, values, null)));
        } catch (TemplateError e) {
            throw refused(name, e);
        } catch (StackOverflowError e) {
            throw refused(name, new TemplateError("maximum recursion depth exceeded"));
        } catch (OutOfMemoryError e) {
            throw refused(name, new TemplateError("its values do not fit into memory"));
        }
        return new Output(render.text(), render.spans(), render.lostSpan());
    }

    private static InputException refused(String name, TemplateError e) {
        String where = "chat template " + name + (e.line() > 0 ? " line " + e.line() : "");
        return new InputException(
                e.getMessage() == null ? "error" : e.getMessage(),
                where,
                "Change the conversation to what the template takes, or choose another template");
    }

    private static Object value(@Nullable Object value) {
        if (value == null) {
            return None.NONE;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            map.forEach((key, item) -> dict.put(value(key), value(item)));
            return dict;
        } else if (value instanceof Collection<?> collection) {
            List<Object> list = new ArrayList<>(collection.size());
            collection.forEach(item -> list.add(value(item)));
            return list;
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        } else if (value instanceof Number number && !(value instanceof BigInteger)) {
            return number.doubleValue();
        }
        return value.toString();
    }

    /**
     * What a rendering gives.
     *
     * @param generationSpans where the text of each {@code {% generation %}} block is, in order
     * @param spansIncomplete whether a generation block wrote into a variable or macro, so that its place is not known
     */
    public record Output(String text, List<Span> generationSpans, boolean spansIncomplete) {
        public Output {
            generationSpans = List.copyOf(generationSpans);
        }
    }
}

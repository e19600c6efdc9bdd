package org.tunebench.core.text.jinja;

import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.ChatTemplate.Span;

/**
 * A template, read once and rendered often; safe for use by several threads. Rendering is bounded in output, steps and
 * depth, and can reach nothing but the variables it is given.
 */
public final class JinjaTemplate {
    private final String name;
    private final Dialect dialect;
    private final Block body;

    private JinjaTemplate(String name, Dialect dialect, Block body) {
        this.name = name;
        this.dialect = dialect;
        this.body = body;
    }

    /** Reads a chat template. @throws InputException where it is malformed, with the line */
    public static JinjaTemplate compile(String name, String source) {
        return compile("chat template " + name, source, Dialect.CHAT);
    }

    /**
     * Reads a template.
     *
     * @param name for messages
     * @throws InputException where it is malformed, with the line
     */
    public static JinjaTemplate compile(String name, String source, Dialect dialect) {
        try {
            return new JinjaTemplate(name, dialect, Parser.parse(source, dialect));
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

    /**
     * The same with random numbers, for the filters that choose.
     *
     * @param random a number of items → the index of one
     */
    public Output render(Map<String, ? extends @Nullable Object> variables, IntUnaryOperator random) {
        return render(variables, Clock.systemDefaultZone(), random);
    }

    /** The same at a given time, for {@code strftime_now}. */
    Output render(Map<String, ? extends @Nullable Object> variables, Clock clock) {
        return render(variables, clock, count -> 0);
    }

    private Output render(Map<String, ? extends @Nullable Object> variables, Clock clock, IntUnaryOperator random) {
        Map<String, Object> values = new HashMap<>(dialect.functions());
        variables.forEach((key, value) -> values.put(key, value(value)));
        Render render = new Render(clock, random);
        try {
            body.execute(new Scope(render, new HashMap<>(), new Scope(render, values, null)));
        } catch (TemplateError e) {
            throw refused(name, e);
        } catch (StackOverflowError e) {
            throw refused(name, new TemplateError("maximum recursion depth exceeded"));
        } catch (OutOfMemoryError e) {
            throw refused(name, new TemplateError("its values do not fit into memory"));
        }
        return new Output(render.text(), render.spans(), render.lostSpan(), render.undefined());
    }

    private static InputException refused(String name, TemplateError e) {
        String where = name + (e.line() > 0 ? " line " + e.line() : "");
        return new InputException(
                e.getMessage() == null ? "error" : e.getMessage(),
                where,
                "Change what it is given to what the template takes, or choose another template");
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
     * @param undefinedNames names that were asked for and not given, in order
     */
    public record Output(
            String text, List<Span> generationSpans, boolean spansIncomplete, List<String> undefinedNames) {
        public Output {
            generationSpans = List.copyOf(generationSpans);
        }
    }
}

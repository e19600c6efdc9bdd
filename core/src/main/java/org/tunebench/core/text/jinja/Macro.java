package org.tunebench.core.text.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro with the scope it was defined in; calling it gives the text it writes. */
record Macro(Definition definition, Scope closure) implements Function {
    /**
     * A macro as written.
     *
     * @param defaults for the last parameters
     * @param uses which of {@code caller}, {@code kwargs} and {@code varargs} the body reads
     */
    record Definition(
            String name, List<String> parameters, List<Expression> defaults, Block body, java.util.Set<String> uses) {}

    /** {@code {% macro name(parameters) %}…{% endmacro %}} */
    record Define(Definition definition) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            scope.set(definition.name(), new Macro(definition, scope));
            return Flow.NEXT;
        }
    }

    /** {@code {% call(parameters) macro(arguments) %}…{% endcall %}} */
    record CallBlock(Definition caller, Expression.Call call) implements Statement {
        @Override
        public Flow execute(Scope scope) {
            Arguments given = call.arguments().evaluate(scope);
            Map<String, Object> keyword = new HashMap<>(given.keyword());
            keyword.put("caller", new Macro(caller, scope));
            Object text = Expression.Call.call(
                    call.callee().evaluate(scope), scope.render(), new Arguments(given.positional(), keyword));
            scope.render().write(Texts.str(text));
            return Flow.NEXT;
        }
    }

    @Override
    public Object call(Render render, Arguments arguments) {
        Scope scope = closure.inner();
        Map<String, Object> keyword = new LinkedHashMap<>(arguments.keyword());
        List<Object> positional = arguments.positional();
        List<String> parameters = definition.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            String name = parameters.get(i);
            @Nullable Object given = i < positional.size() ? positional.get(i) : keyword.remove(name);
            scope.set(name, given != null ? given : defaultOf(i, scope));
        }
        if (definition.uses().contains("caller") && !parameters.contains("caller")) {
            Object caller = keyword.remove("caller");
            scope.set("caller", caller == null ? new Undefined("No caller defined") : caller);
        }
        takeRest(scope, keyword, positional);
        return render.capture(() -> definition.body().execute(scope));
    }

    private Object defaultOf(int parameter, Scope scope) {
        int first = definition.parameters().size() - definition.defaults().size();
        return parameter >= first
                ? definition.defaults().get(parameter - first).evaluate(scope)
                : new Undefined("parameter '" + definition.parameters().get(parameter) + "' was not provided");
    }

    private void takeRest(Scope scope, Map<String, Object> keyword, List<Object> positional) {
        int parameters = definition.parameters().size();
        if (definition.uses().contains("kwargs")) {
            scope.set("kwargs", new LinkedHashMap<Object, Object>(keyword));
        } else if (!keyword.isEmpty()) {
            throw new TemplateError("macro '" + definition.name() + "' takes no keyword argument '"
                    + keyword.keySet().iterator().next() + "'");
        }
        List<Object> rest = positional.subList(Math.min(parameters, positional.size()), positional.size());
        if (definition.uses().contains("varargs")) {
            scope.set("varargs", new Tuple(new ArrayList<>(rest)));
        } else if (!rest.isEmpty()) {
            throw new TemplateError(
                    "macro '" + definition.name() + "' takes not more than " + parameters + " argument(s)");
        }
    }
}

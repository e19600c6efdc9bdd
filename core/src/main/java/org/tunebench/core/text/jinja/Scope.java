package org.tunebench.core.text.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables visible at one place: its own, then those around it. */
final class Scope {
    private final @Nullable Scope parent;
    private final Map<String, Object> variables;
    private final Render render;

    Scope(Render render, Map<String, Object> variables, @Nullable Scope parent) {
        this.render = render;
        this.variables = variables;
        this.parent = parent;
    }

    Scope inner() {
        return new Scope(render, new HashMap<>(8), this);
    }

    Render render() {
        return render;
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.parent) {
            Object value = scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        Object global = Globals.ALL.get(name);
        if (global == null) {
            render.undefined(name);
        }
        return global != null ? global : Undefined.name(name);
    }
}

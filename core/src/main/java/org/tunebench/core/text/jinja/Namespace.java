package org.tunebench.core.text.jinja;

import java.util.Map;

/** A {@code namespace()}: the one object whose attributes a template can set. */
record Namespace(Map<Object, Object> attributes) {
    void set(String name, Object value) {
        if (name.startsWith("_")) {
            throw new TemplateError(
                    "Chat templates cannot store underscore-prefixed attributes on a namespace, but got '" + name
                            + "'. Please rename the attribute.");
        }
        attributes.put(name, value);
    }
}

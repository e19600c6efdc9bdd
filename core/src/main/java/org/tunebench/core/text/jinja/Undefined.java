package org.tunebench.core.text.jinja;

/** A value that is not there: prints as nothing, is false and empty; anything else done with it raises the message. */
record Undefined(String message) {
    static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined element(Object owner, Object key) {
        return new Undefined(
                key instanceof String
                        ? "'" + Types.name(owner) + " object' has no attribute '" + key + "'"
                        : Types.name(owner) + " object has no element " + Texts.repr(key));
    }

    TemplateError error() {
        return new TemplateError(message);
    }
}

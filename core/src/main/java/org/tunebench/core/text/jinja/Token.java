package org.tunebench.core.text.jinja;

/**
 * A piece of template source.
 *
 * @param text for data, names and operators what is written; for strings and numbers too
 * @param value the unescaped string or the number; the text otherwise
 * @param line from 1
 */
record Token(Type type, String text, Object value, int line) {
    enum Type {
        DATA("template data"),
        VARIABLE_BEGIN("begin of print statement"),
        VARIABLE_END("end of print statement"),
        BLOCK_BEGIN("begin of statement block"),
        BLOCK_END("end of statement block"),
        NAME("name"),
        STRING("string"),
        INTEGER("integer"),
        FLOAT("float"),
        OPERATOR("operator"),
        END("end of template");

        private final String description;

        Type(String description) {
            this.description = description;
        }
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    boolean isName(String name) {
        return type == Type.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    /** How messages call it. */
    String description() {
        return type == Type.NAME || type == Type.OPERATOR ? text : type.description;
    }
}

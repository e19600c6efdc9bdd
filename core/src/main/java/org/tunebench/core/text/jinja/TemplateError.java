package org.tunebench.core.text.jinja;

/** A template that is malformed, raises, or does what Python's jinja2 would refuse. */
final class TemplateError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private int line;

    TemplateError(String message) {
        this(message, 0);
    }

    /** @param line from 1; 0 where it is not known yet */
    TemplateError(String message, int line) {
        super(message, null, false, false);
        this.line = line;
    }

    /** This error, with the line of the innermost statement it passed through. */
    TemplateError in(int statementLine) {
        line = line == 0 ? statementLine : line;
        return this;
    }

    int line() {
        return line;
    }
}

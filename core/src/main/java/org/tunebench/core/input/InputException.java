package org.tunebench.core.input;

/**
 * A command line or an input file that cannot be used. The message has three parts: what is wrong, where (file and line,
 * where there is one) and how to mend it. The command line prints it without a stack trace and ends with exit code 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String mend;

    /**
     * @param what what is wrong, e.g. {@code "5 columns, expected 6 (question, A, B, C, D, answer)"}
     * @param where the place, e.g. {@code "suite mmlu, anatomy_test.csv line 17"}
     * @param mend what the reader can do about it, e.g. {@code "quote commas inside a field"}
     */
    public InputException(String what, String where, String mend) {
        super(where + ": " + what + ". " + mend);
        this.what = what;
        this.where = where;
        this.mend = mend;
    }

    public InputException(String what, String where, String mend, Throwable cause) {
        this(what, where, mend);
        initCause(cause);
    }

    public String what() {
        return what;
    }

    public String where() {
        return where;
    }

    public String mend() {
        return mend;
    }
}

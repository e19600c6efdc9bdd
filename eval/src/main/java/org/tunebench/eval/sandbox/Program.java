package org.tunebench.eval.sandbox;

/**
 * A Python program that a model completed, and what is asked of it.
 *
 * @param prompt the trusted beginning: imports, helpers, and the head of the function
 * @param completion what the model wrote after it
 * @param test trusted: defines {@code check(candidate)}, which raises unless the function does what it should
 * @param entryPoint the function's name
 */
public record Program(String prompt, String completion, String test, String entryPoint) {
    /** The text that is run, untrusted. */
    String text() {
        return prompt + completion + "\n\n\npass\n";
    }
}

package org.tunebench.core.text;

/** How an Alpaca record becomes the messages that the {@code alpaca} template takes. */
public final class AlpacaPrompt {
    private AlpacaPrompt() {}

    /**
     * The user message of a record: the instruction, and, where there is an input, an Input block behind it. The template
     * chooses its opening sentence by that block, so that the text is the published {@code prompt_input} or
     * {@code prompt_no_input} of stanford_alpaca.
     *
     * @param input empty or blank for a record without one
     */
    public static String user(String instruction, String input) {
        return input.isBlank() ? instruction : instruction + "\n\n### Input:\n" + input;
    }
}

package org.tunebench.train.selfinstruct;

/** A task as a prompt shows it. @param instance empty texts where the prompt shows instructions only */
record ShownTask(String id, String instruction, TaskInstance instance) {
    /** The instruction in one line and without a colon behind it, as both methods write it. */
    String line() {
        String line = PlainText.strip(PlainText.oneLine(instruction));
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ':') {
            end--;
        }
        return line.substring(0, end);
    }
}

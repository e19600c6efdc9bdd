package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Self-Instruct's list of instructions that the model goes on with: two that it made itself, where there are so many, among
 * seed tasks, in random order (bootstrap_instructions.py).
 *
 * @param classification whether classification tasks are asked for
 * @param chat whether the answer may begin with other words, or the list anew
 */
record InstructionList(boolean classification, boolean chat) implements Variant {
    private static final int MADE_SHOWN = 2;
    private static final String TASKS = "Come up with a series of tasks:\n";
    private static final String CLASSIFICATION_TASKS =
            "Come up with a series of classification tasks. Try to specify the possible output labels when possible.\n";
    private static final Decoding DECODING = new Decoding(1024, 0.7, 0.5, 2, List.of("\n\n", "\n16", "16.", "16 ."));
    private static final Pattern NUMBER = PlainText.pattern("\n\\d+" + PlainText.SPACE + "?\\. ");
    private static final Pattern FIRST_NUMBER = PlainText.pattern("(?m)^" + PlainText.SPACE + "*(\\d{1,4}) ?\\. ");

    @Override
    public List<ShownTask> shown(SeededRandom random, List<SeedTask> seeds, List<MadeInstruction> made, int number) {
        List<ShownTask> shown = new ArrayList<>();
        Variant.sample(random, made, Math.min(MADE_SHOWN, number - 1)).forEach(task -> shown.add(task.shownTask()));
        Variant.sample(random, seeds, number - shown.size()).forEach(task -> shown.add(task.shown()));
        return Variant.sample(random, shown, number);
    }

    @Override
    public String prompt(List<ShownTask> shown) {
        StringBuilder prompt = new StringBuilder(classification ? CLASSIFICATION_TASKS : TASKS);
        for (int i = 0; i < shown.size(); i++) {
            prompt.append(i + 1).append(". ").append(shown.get(i).line()).append('\n');
        }
        return prompt.append(shown.size() + 1).append('.').toString();
    }

    @Override
    public Decoding decoding() {
        return chat ? DECODING.inChat() : DECODING;
    }

    /** An answer that is cut off is left out whole. */
    @Override
    public List<Candidate> candidates(Completion completion, int shown, Drops drops) {
        if (completion.cut()) {
            drops.add(Drop.CUT_OFF, PlainText.oneLine(completion.text()));
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (String part : NUMBER.split(chat ? list(completion.text(), shown) : completion.text(), -1)) {
            String instruction = PlainText.capitalized(PlainText.strip(PlainText.oneLine(part)));
            if (!instruction.isEmpty()) {
                candidates.add(new Candidate(instruction, null));
            }
        }
        return candidates;
    }

    /** The list without what stands before it, where it begins anew or with the number that the prompt ended with. */
    private static String list(String text, int shown) {
        Matcher first = FIRST_NUMBER.matcher(text);
        return first.find() && Integer.parseInt(first.group(1)) <= shown + 1 ? text.substring(first.end()) : text;
    }
}

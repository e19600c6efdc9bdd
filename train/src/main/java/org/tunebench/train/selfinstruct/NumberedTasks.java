package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Alpaca's list of whole tasks with instruction, input and output, of which the prompt has the first few, all of them seed
 * tasks (generate_instruction.py). Other than there a task without an output is left out.
 *
 * @param chat whether the answer may begin with other words, or with the number that the prompt ended with
 */
record NumberedTasks(boolean chat) implements Variant {
    private static final String NO_INPUT = "<noinput>";
    private static final String SEPARATOR = "###";
    private static final String REQUIREMENTS = FewShotTemplate.text("alpaca.txt");
    private static final Decoding DECODING = new Decoding(3072, 1, 1, 0, List.of("\n20", "20."));

    @Override
    public List<ShownTask> shown(SeededRandom random, List<SeedTask> seeds, List<MadeInstruction> made, int number) {
        return Variant.sample(random, seeds, number).stream()
                .map(SeedTask::shown)
                .toList();
    }

    @Override
    public String prompt(List<ShownTask> shown) {
        StringBuilder prompt = new StringBuilder(REQUIREMENTS).append('\n');
        for (int i = 0; i < shown.size(); i++) {
            TaskInstance instance = shown.get(i).instance();
            String number = (i + 1) + ". ";
            String input = instance.input().isEmpty() ? NO_INPUT : instance.input();
            prompt.append(SEPARATOR).append('\n');
            prompt.append(number)
                    .append("Instruction: ")
                    .append(shown.get(i).line())
                    .append('\n');
            prompt.append(number).append("Input:\n").append(input).append('\n');
            prompt.append(number).append("Output:\n").append(instance.output()).append('\n');
        }
        return prompt.append(SEPARATOR)
                .append('\n')
                .append(shown.size() + 1)
                .append(". Instruction:")
                .toString();
    }

    @Override
    public Decoding decoding() {
        return DECODING;
    }

    /** Of an answer that is cut off the last task is left out. */
    @Override
    public List<Candidate> candidates(Completion completion, int shown, Drops drops) {
        String begun = (shown + 1) + ". Instruction:";
        List<String> parts = Arrays.asList(
                (begun + (chat ? list(completion.text(), shown) : completion.text())).split(SEPARATOR, -1));
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (i == parts.size() - 1 && completion.cut()) {
                drops.add(Drop.CUT_OFF, PlainText.oneLine(part));
            } else if (!part.isBlank()) {
                read(part, shown + 1 + i, candidates, drops);
            }
        }
        return candidates;
    }

    private static Pattern heading(int number, String names) {
        return PlainText.pattern(number + "\\." + PlainText.SPACE + "+(" + names + "):");
    }

    private static String list(String text, int shown) {
        Matcher begun = heading(shown + 1, "Instruction").matcher(text);
        return begun.find() ? text.substring(begun.end()) : text;
    }

    private static void read(String part, int number, List<Candidate> candidates, Drops drops) {
        String[] fields = heading(number, "Instruction|Input|Output").split(part, -1);
        if (fields.length != 4) {
            drops.add(Drop.MALFORMED, PlainText.oneLine(part));
            return;
        }
        String instruction = PlainText.strip(fields[1]);
        String input = PlainText.strip(fields[2]);
        String output = PlainText.strip(fields[3]);
        if (output.isEmpty()) {
            drops.add(Drop.EMPTY_OUTPUT, instruction);
            return;
        }
        candidates.add(
                new Candidate(instruction, new TaskInstance(input.equalsIgnoreCase(NO_INPUT) ? "" : input, output)));
    }
}

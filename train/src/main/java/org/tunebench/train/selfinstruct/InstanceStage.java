package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Asks for instances of each instruction (generate_instances.py): of a classification task the class label first and then an
 * input that has it, so that not all inputs get the same label; of any other the input first and then the output.
 */
final class InstanceStage {
    static final String STAGE = "instances";
    static final int MOST_INSTANCES = 5;
    private static final String END = "\n";
    private static final int SAMPLE_STREAM = 3;
    private static final List<String> STOPS = List.of("Example " + (MOST_INSTANCES + 1), "Task:");
    private static final Decoding OUTPUT_FIRST = new Decoding(300, 0, 1, 1.5, STOPS);
    private static final Decoding INPUT_FIRST = new Decoding(350, 0, 1, 1.5, STOPS);

    private InstanceStage() {}

    /**
     * The instances of each instruction that the filters leave, at most five.
     *
     * @param classification whether each is a classification task
     * @param seed of which five are kept of more
     */
    static List<List<TaskInstance>> of(
            List<MadeInstruction> made,
            List<Boolean> classification,
            TaskStage stage,
            Drops drops,
            long seed,
            Map<String, String> examplesShown) {
        FewShotTemplate outputFirst = template(stage, made, "output-first", OUTPUT_FIRST, examplesShown);
        FewShotTemplate inputFirst = template(stage, made, "input-first", INPUT_FIRST, examplesShown);
        List<Optional<Completion>> answers = stage.answers(made.size(), i -> {
            FewShotTemplate template = classification.get(i) ? outputFirst : inputFirst;
            Decoding decoding = classification.get(i) ? OUTPUT_FIRST : INPUT_FIRST;
            String prompt = template.prompt(made.get(i).instruction(), END);
            return new CompletionRequest(STAGE + "/" + i, prompt, decoding, 0);
        });
        List<List<TaskInstance>> instances = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            String instruction = made.get(i).instruction();
            boolean labels = classification.get(i);
            List<TaskInstance> left = answers.get(i)
                    .map(answer -> InstanceFilter.left(instruction, answer, labels, drops))
                    .orElse(List.of());
            instances.add(atMostFive(instruction, left, SeededRandom.of(seed, SAMPLE_STREAM, i), drops));
        }
        return instances;
    }

    private static FewShotTemplate template(
            TaskStage stage,
            List<MadeInstruction> made,
            String name,
            Decoding decoding,
            Map<String, String> examplesShown) {
        FewShotTemplate published = FewShotTemplate.published(name + ".txt");
        FewShotTemplate template = stage.fitting(published, END, decoding, made);
        examplesShown.put(name, template.shownOf(published));
        return template;
    }

    private static List<TaskInstance> atMostFive(
            String instruction, List<TaskInstance> left, SeededRandom random, Drops drops) {
        for (int i = MOST_INSTANCES; i < left.size(); i++) {
            drops.add(Drop.BEYOND_FIVE, instruction);
        }
        return Variant.sample(random, left, MOST_INSTANCES).stream()
                .sorted(Comparator.comparingInt(left::indexOf))
                .toList();
    }
}

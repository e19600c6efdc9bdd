package org.tunebench.train.selfinstruct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tunebench.core.input.InputException;
import org.tunebench.train.data.draw.SeededRandom;

/**
 * Asks for new instructions, five prompts at a time as published, until there are enough that pass the filters or the model
 * writes nothing new any more.
 */
final class InstructionMaking {
    static final String STAGE = "instructions";
    private static final int PROMPTS_AT_ONCE = 5;
    private static final int SHOWN_STREAM = 1;
    private static final int DRAW_STREAM = 2;

    private final List<SeedTask> seeds;
    private final SelfInstructSettings settings;
    private final Asking asking;
    private final Drops drops;
    private final Variant variant;
    private final InstructionRules rules;
    private final SimilarInstructions similar = new SimilarInstructions();
    private final List<MadeInstruction> made = new ArrayList<>();

    InstructionMaking(SeedTasks all, SelfInstructSettings settings, Asking asking, Drops drops) {
        this.seeds = all.shownBy(settings);
        this.settings = settings;
        this.asking = asking;
        this.drops = drops;
        this.variant = Variant.of(settings);
        this.rules = InstructionRules.of(settings.method());
        seeds.forEach(seed -> similar.add(seed.shown().id(), seed.instruction()));
    }

    /** @throws InputException where no prompt can fit into the model's context */
    List<MadeInstruction> make(String model, Listener listener) {
        requireRoom(model);
        int fruitless = 0;
        for (int batch = 0; made.size() < settings.tasks() && fruitless < settings.patience(); batch++) {
            listener.progress(STAGE, made.size(), settings.tasks());
            int before = made.size();
            ask(batch);
            fruitless = made.size() > before ? 0 : fruitless + PROMPTS_AT_ONCE;
        }
        listener.progress(STAGE, made.size(), settings.tasks());
        return made;
    }

    private void requireRoom(String model) {
        List<ShownTask> shortest = seeds.stream()
                .map(SeedTask::shown)
                .sorted(Comparator.comparingInt(
                        task -> variant.prompt(List.of(task)).length()))
                .limit(settings.promptTasks())
                .toList();
        if (!asking.fits(request(STAGE, variant.prompt(shortest), 0))) {
            throw new InputException(
                    "the context has no room for a prompt of " + settings.promptTasks() + " tasks and an answer",
                    "model " + model,
                    "Take a model with a longer context, or show fewer tasks in a prompt");
        }
    }

    private CompletionRequest request(String id, String prompt, int batch) {
        long seed = SeededRandom.of(settings.seed(), DRAW_STREAM, batch).nextLong();
        return new CompletionRequest(id, prompt, variant.decoding(), seed);
    }

    private void ask(int batch) {
        List<List<ShownTask>> shown = IntStream.range(0, PROMPTS_AT_ONCE)
                .mapToObj(i -> shown(batch * PROMPTS_AT_ONCE + i))
                .toList();
        List<CompletionRequest> requests = IntStream.range(0, PROMPTS_AT_ONCE)
                .mapToObj(
                        i -> request(STAGE + "/" + (batch * PROMPTS_AT_ONCE + i), variant.prompt(shown.get(i)), batch))
                .toList();
        List<Optional<Completion>> answers = asking.ask(STAGE, requests);
        for (int i = 0; i < PROMPTS_AT_ONCE; i++) {
            if (answers.get(i).isPresent() && made.size() < settings.tasks()) {
                keepNew(answers.get(i).get(), requests.get(i).id(), shown.get(i));
            }
        }
    }

    private List<ShownTask> shown(int request) {
        SeededRandom random = SeededRandom.of(settings.seed(), SHOWN_STREAM, request);
        return variant.shown(random, seeds, made, settings.promptTasks());
    }

    private void keepNew(Completion completion, String request, List<ShownTask> shown) {
        if (completion.text().isBlank()) {
            drops.add(Drop.EMPTY_ANSWER, request);
            return;
        }
        List<String> ids = shown.stream().map(ShownTask::id).toList();
        int place = 0;
        for (Variant.Candidate candidate : variant.candidates(completion, shown.size(), drops)) {
            place++;
            if (made.size() == settings.tasks()) {
                return;
            }
            String instruction = candidate.instruction();
            Optional<Drop> objection = rules.objection(instruction);
            if (objection.isPresent()) {
                drops.add(objection.get(), instruction);
                continue;
            }
            SimilarInstructions.Nearest nearest = similar.nearest(instruction);
            if (nearest != null && nearest.rougeL() > SimilarInstructions.LIMIT) {
                drops.add(Drop.SIMILAR, instruction + " (" + nearest.id() + ")");
                continue;
            }
            String id = "machine_task_" + made.size();
            similar.add(id, instruction);
            made.add(new MadeInstruction(id, instruction, candidate.instance(), request, place, ids, nearest));
        }
    }
}

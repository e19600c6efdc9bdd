package org.tunebench.eval.judge;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Response;

/**
 * Another local checkpoint as judge: greedy, with FastChat's prompts, through its chat template where it has one, else the
 * role and the prompt one after the other, as also in the user's turn of a template that has no place for a system message. A prompt that its context has no room for is a failure.
 */
public final class CheckpointJudge implements PromptedJudge {
    static final int MAX_NEW_TOKENS = 2048;

    private final LanguageModel model;
    private final String sha256;
    private final Dialogue dialogue;
    private final boolean takesSystem;

    /**
     * @param model closed with the judge
     * @param sha256 of the model's files
     */
    public CheckpointJudge(LanguageModel model, String sha256) {
        this.model = model;
        this.sha256 = sha256;
        this.dialogue = new Dialogue(model, model.chatTemplate() != null);
        this.takesSystem = takesSystem(dialogue);
    }

    /** Some templates refuse a system message, others leave it out. */
    private static boolean takesSystem(Dialogue dialogue) {
        try {
            return dialogue.prompt(List.of(Message.system("impartial judge"), Message.user("question")))
                    .contains("impartial judge");
        } catch (InputException refused) {
            return false;
        }
    }

    private String prompt(Asked asked) {
        return dialogue.prompt(
                takesSystem
                        ? List.of(Message.system(asked.system()), Message.user(asked.user()))
                        : List.of(Message.user(asked.system() + "\n\n" + asked.user())));
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String identity() {
        return name() + " " + sha256;
    }

    @Override
    public List<Reply> ask(List<Asked> prompts, JudgeRun run) {
        Engine engine = new Engine(model, run.progress(), run.journal());
        engine.enter(run.stage());
        List<String> texts = prompts.stream().map(this::prompt).toList();
        List<int[]> tokens = texts.stream().map(engine::promptTokens).toList();
        List<Reply> replies = new ArrayList<>();
        for (Response response : engine.generate(texts, dialogue.options(MAX_NEW_TOKENS, Sampling.GREEDY, List.of()))) {
            long promptTokens = tokens.get(replies.size()).length;
            replies.add(
                    response.promptCut()
                            ? Reply.failed("the judge's context is too short for the question and answers")
                            : new Reply(response.text(), null, promptTokens, (long) response.tokens()));
        }
        return replies;
    }

    @Override
    public void close() {
        model.close();
    }
}

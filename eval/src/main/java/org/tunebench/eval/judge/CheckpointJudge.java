package org.tunebench.eval.judge;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.Sampling;
import org.tunebench.core.text.Message;
import org.tunebench.eval.engine.Dialogue;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Progress;
import org.tunebench.eval.engine.Response;

/**
 * Another local checkpoint as judge: greedy, with FastChat's prompts, through its chat template where it has one, else the
 * role and the prompt one after the other. The model stays the caller's, who closes it.
 */
public final class CheckpointJudge implements Judge {
    static final int MAX_NEW_TOKENS = 2048;

    private final LanguageModel model;
    private final String sha256;
    private final Engine engine;
    private final Dialogue dialogue;

    /** @param sha256 of the model's files */
    public CheckpointJudge(LanguageModel model, String sha256) {
        this.model = model;
        this.sha256 = sha256;
        this.engine = new Engine(model, Progress.NONE);
        this.dialogue = new Dialogue(model, model.chatTemplate() != null);
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
    public boolean wantsAllReferences() {
        return false;
    }

    @Override
    public List<Judgment> judge(List<Exchange> exchanges) {
        List<String> prompts = exchanges.stream().map(this::prompt).toList();
        List<Response> responses =
                engine.generate(prompts, dialogue.options(MAX_NEW_TOKENS, Sampling.GREEDY, List.of()));
        List<Judgment> judgments = new ArrayList<>();
        for (int i = 0; i < exchanges.size(); i++) {
            Response response = responses.get(i);
            String template = JudgePrompt.of(exchanges.get(i)).name();
            judgments.add(
                    response.promptCut()
                            ? Judgments.failed(
                                    name(), template, "the judge's context is too short for the question and answers")
                            : Judgments.of(name(), template, response.text(), null, (long) response.tokens()));
        }
        return judgments;
    }

    private String prompt(Exchange exchange) {
        JudgePrompt prompt = JudgePrompt.of(exchange);
        return dialogue.prompt(List.of(Message.system(prompt.systemPrompt()), Message.user(prompt.fill(exchange))));
    }
}

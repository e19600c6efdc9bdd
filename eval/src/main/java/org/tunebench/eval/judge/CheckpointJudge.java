package org.tunebench.eval.judge;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.record.Judgment;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
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
    private final Engine engine;

    public CheckpointJudge(LanguageModel model) {
        this.model = model;
        this.engine = new Engine(model, Progress.NONE);
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public boolean wantsAllReferences() {
        return false;
    }

    @Override
    public List<Judgment> judge(List<Exchange> exchanges) {
        List<String> prompts = exchanges.stream().map(this::prompt).toList();
        List<Response> responses = engine.generate(prompts, options());
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
        ChatTemplate template = model.chatTemplate();
        if (template == null) {
            return prompt.systemPrompt() + "\n\n" + prompt.fill(exchange) + "\n\n";
        }
        List<Message> messages = List.of(Message.system(prompt.systemPrompt()), Message.user(prompt.fill(exchange)));
        return template.render(messages, true).text();
    }

    private GenerationOptions options() {
        ChatTemplate template = model.chatTemplate();
        String end = template == null ? "" : template.endOfTurn();
        List<Integer> stopTokens = new ArrayList<>();
        List<String> stopTexts = new ArrayList<>();
        if (!end.isEmpty()) {
            model.tokenizer().tokenId(end).ifPresentOrElse(stopTokens::add, () -> stopTexts.add(end));
        }
        return new GenerationOptions(MAX_NEW_TOKENS, 0, 1, 0, stopTokens, stopTexts);
    }
}

package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.text.jinja.JinjaTemplate;

/** A chat template in Jinja, given what transformers gives it: messages, add_generation_prompt, bos_token, eos_token. */
final class JinjaChatTemplate implements ChatTemplate {
    private final String name;
    private final String source;
    private final JinjaTemplate template;
    private final Map<String, Object> constants;
    private final AssistantTrace trace;
    private final String endOfTurn;

    JinjaChatTemplate(String name, String source, @Nullable String bos, @Nullable String eos) {
        this.name = name;
        this.source = source;
        this.template = JinjaTemplate.compile(name, source);
        Map<String, Object> constants = new HashMap<>();
        if (bos != null) {
            constants.put("bos_token", bos);
        }
        if (eos != null) {
            constants.put("eos_token", eos);
        }
        this.constants = Map.copyOf(constants);
        this.trace = new AssistantTrace(
                name, (messages, prompt) -> output(messages, prompt).text());
        String end = trace.endOfTurn();
        this.endOfTurn = end.strip().equals(eos) ? "" : end;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String endOfTurn() {
        return endOfTurn;
    }

    @Override
    public Rendered render(List<Message> messages, boolean addGenerationPrompt) {
        JinjaTemplate.Output output = output(messages, addGenerationPrompt);
        boolean marked = !output.generationSpans().isEmpty() && !output.spansIncomplete();
        return new Rendered(
                output.text(),
                marked ? joined(output.generationSpans()) : trace.spans(messages, output.text(), addGenerationPrompt));
    }

    /** Spans that touch made one: some templates mark content and end of turn apart. */
    private static List<Span> joined(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).end() == span.start()) {
                joined.set(last, new Span(joined.get(last).start(), span.end()));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    private JinjaTemplate.Output output(List<Message> messages, boolean addGenerationPrompt) {
        List<Map<String, String>> conversation = new ArrayList<>(messages.size());
        for (Message message : messages) {
            Map<String, String> dict = new LinkedHashMap<>();
            dict.put("role", message.role().id());
            dict.put("content", message.content());
            conversation.add(dict);
        }
        Map<String, @Nullable Object> variables = new HashMap<>(constants);
        variables.put("messages", conversation);
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", addGenerationPrompt);
        return template.render(variables);
    }
}

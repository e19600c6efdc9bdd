package org.tunebench.core.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.text.jinja.JinjaTemplate;

/**
 * A chat template in Jinja, given what transformers gives it: messages, tools, add_generation_prompt, bos_token, eos_token.
 * Contents are texts; where a template shows only contents that are lists of parts, they are given as such.
 */
final class JinjaChatTemplate implements ChatTemplate {
    private static final List<String> THOUGHTS = List.of("reasoning_content", "thinking", "reasoning");

    private final String name;
    private final String source;
    private final JinjaTemplate template;
    private final Map<String, Object> constants;
    private final boolean takesParts;
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
        this.takesParts = !shows(false) && shows(true);
        TurnFrame frame = TurnFrame.of(renderer(Tools.NONE));
        this.trace = new AssistantTrace(name, frame);
        this.endOfTurn = frame.endOfTurn().strip().equals(eos) ? "" : frame.endOfTurn();
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
    public Rendered render(List<Message> messages, Tools tools, boolean addGenerationPrompt) {
        if (!tools.isEmpty() && !source.contains("tools")) {
            throw refused("it has no place for the definitions of tools");
        }
        JinjaTemplate.Output output = output(messages, tools, addGenerationPrompt, takesParts);
        boolean marked = !output.generationSpans().isEmpty() && !output.spansIncomplete();
        List<Span> spans = marked
                ? joined(output.generationSpans())
                : trace.spans(messages, output.text(), addGenerationPrompt, renderer(tools));
        requireCalls(messages, output.text(), spans);
        return new Rendered(output.text(), spans);
    }

    /** Refuses a text that leaves out calls: a model trained on it would learn to say nothing in their place. */
    private void requireCalls(List<Message> messages, String text, List<Span> spans) {
        for (Message message : messages) {
            for (String function : message.calledFunctions()) {
                if (spans.stream()
                        .noneMatch(s -> text.substring(s.start(), s.end()).contains(function))) {
                    throw refused("it does not write the call of tool '" + function + "'");
                }
            }
        }
    }

    private InputException refused(String what) {
        return new InputException(
                what, "chat template " + name, "Use a template that takes tools, or conversations without them");
    }

    private boolean shows(boolean parts) {
        List<Message> probe = List.of(Message.user("question"), Message.assistant("answer"));
        String text = renderer(Tools.NONE, parts).renderOrNull(probe, false);
        return text != null && text.contains("question") && text.contains("answer");
    }

    private TurnFrame.Renderer renderer(Tools tools) {
        return renderer(tools, takesParts);
    }

    private TurnFrame.Renderer renderer(Tools tools, boolean parts) {
        return (messages, prompt) -> output(messages, tools, prompt, parts).text();
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

    private JinjaTemplate.Output output(List<Message> messages, Tools tools, boolean prompt, boolean parts) {
        Map<String, @Nullable Object> variables = new HashMap<>(constants);
        variables.put("messages", messages.stream().map(m -> dict(m, parts)).toList());
        variables.put("tools", tools.isEmpty() ? null : tools.definitions());
        variables.put("documents", null);
        variables.put("add_generation_prompt", prompt);
        return template.render(variables);
    }

    /** The message as templates read it; thoughts under both names that they go by, as transformers 5.23 gives them. */
    private static Map<String, Object> dict(Message message, boolean parts) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("role", message.role().id());
        dict.put("content", parts ? List.of(part(message.content())) : message.content());
        dict.putAll(message.details());
        THOUGHTS.stream()
                .map(message.details()::get)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(thoughts -> {
                    dict.putIfAbsent("thinking", thoughts);
                    dict.put("reasoning_content", thoughts);
                });
        return dict;
    }

    private static Map<String, String> part(String text) {
        Map<String, String> part = new LinkedHashMap<>();
        part.put("type", "text");
        part.put("text", text);
        return part;
    }
}

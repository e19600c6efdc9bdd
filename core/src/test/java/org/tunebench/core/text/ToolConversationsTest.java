package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.testing.TinyTokenizer;

class ToolConversationsTest {
    private static final String SOURCE = """
            {%- if tools %}{% for t in tools %}{{ t | tojson }}{% endfor %}
            {% endif %}
            {%- for m in messages %}<{{ m.role }}>{{ m.content }}
                {%- for c in m.tool_calls or [] %}[{{ c.function.name }} {{ c.function.arguments | tojson }}]{% endfor %}<e>
            {% endfor %}
            {%- if add_generation_prompt %}<assistant>{% endif %}""";
    private static final Tools CLOCK = new Tools(List.of(Map.of("function", Map.of("name", "time"))));
    private static final List<Message> TALK = List.of(
            Message.user("When?"),
            calling("time", ordered("zone", "CET", "at", 1.0)),
            new Message(Role.TOOL, "noon", Map.of("tool_call_id", "call12345", "name", "time")),
            Message.assistant("Noon."),
            Message.user("Thanks"),
            Message.assistant("Bye."));

    @TempDir
    Path folder;

    @Test
    void render_toolsAndCalls_areWrittenAndSupervised() {
        ChatTemplate.Rendered rendered = template(SOURCE).render(TALK, CLOCK, true);

        assertThat(rendered.text())
                .isEqualTo("{\"function\": {\"name\": \"time\"}}<user>When?<e>\n"
                        + "<assistant>[time {\"zone\": \"CET\", \"at\": 1.0}]<e>\n<tool>noon<e>\n"
                        + "<assistant>Noon.<e>\n<user>Thanks<e>\n<assistant>Bye.<e>\n<assistant>");
        assertThat(spans(rendered))
                .containsExactly("[time {\"zone\": \"CET\", \"at\": 1.0}]<e>", "Noon.<e>", "Bye.<e>");
    }

    @Test
    void render_templateWithoutPlaceForTools_isRefused() {
        String source = "{% for m in messages %}{{ m.content }}{% endfor %}";

        assertThatThrownBy(() -> template(source).render(TALK, CLOCK, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no place for the definitions of tools");
    }

    @Test
    void render_templateThatLeavesCallsOut_isRefused() {
        String source = "{% for m in messages %}<{{ m.role }}>{{ m.content }}<e>{% endfor %}";

        assertThatThrownBy(() -> template(source).render(TALK, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not write the call of tool 'time'");
    }

    @Test
    void render_thoughtsUnderAnyName_areGivenUnderBothNames() {
        String source = "{% for m in messages %}{{ m.thinking }}|{{ m.reasoning_content }}|{% endfor %}";
        Message thought = new Message(Role.USER, "yes", Map.of("reasoning", "hm"));

        assertThat(template(source).render(List.of(thought), false).text()).isEqualTo("hm|hm|");
    }

    @Test
    void render_thoughts_areSupervisedFromThePromptOn() {
        String source = "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}<think>{{ m.thinking }}"
                + "</think>{% endif %}{{ m.content }}<e>{% endfor %}"
                + "{% if add_generation_prompt %}<assistant>{% endif %}";
        Message thought = new Message(Role.ASSISTANT, "yes", Map.of("thinking", "hm"));

        ChatTemplate template = template(source);

        assertThat(spans(template.render(List.of(Message.user("u"), thought), false)))
                .containsExactly("<think>hm</think>yes<e>");
        assertThat(spans(template.render(List.of(Message.user("u"), Message.assistant("no")), false)))
                .containsExactly("<think></think>no<e>");
    }

    @Test
    void of_listWithToolUse_takesItWhereToolsAreGiven() {
        Path model = TinyTokenizer.writeTo(
                folder,
                Map.of(
                        "chat_template",
                        List.of(
                                Map.of("name", "default", "template", "plain"),
                                Map.of("name", "tool_use", "template", "{{ tools | length }} tools"))));

        ChatTemplate template = ChatTemplates.of(model, Tokenizers.load(model));

        assertThat(template).isNotNull();
        assertThat(template.render(List.of(), CLOCK, false).text()).isEqualTo("1 tools");
        assertThat(template.render(List.of(), false).text()).isEqualTo("plain");
        assertThat(template.source()).isEqualTo("plain");
    }

    /** Templates as published, beside the same with {@code {% generation %}} put in by others. */
    @ParameterizedTest
    @ValueSource(strings = {"qwen2_5", "qwen3_instruct_2507", "qwen3_vl"})
    void spans_templateWithoutMarks_areThoseOfItsMarkedTwin(String name) throws IOException {
        Path templates = SharedData.require("chat_templates/trl");

        ChatTemplate.Rendered plain =
                template(Files.readString(templates.resolve(name + ".jinja"))).render(TALK, CLOCK, false);
        ChatTemplate.Rendered marked = template(Files.readString(templates.resolve(name + "_training.jinja")))
                .render(TALK, CLOCK, false);

        assertThat(plain.text()).isEqualTo(marked.text());
        assertThat(stripped(plain)).isEqualTo(stripped(marked)).hasSize(3);
    }

    @Test
    void message_malformedDetails_areRefused() {
        assertThatThrownBy(() -> new Message(Role.USER, "", Map.of("weight", 1)))
                .hasMessageContaining("unknown 'weight'");
        assertThatThrownBy(() -> new Message(Role.USER, "", Map.of("name", 1))).hasMessageContaining("not a text");
        assertThatThrownBy(() -> new Message(Role.USER, "", Map.of("tool_calls", Map.of())))
                .hasMessageContaining("not a list");
        assertThatThrownBy(() -> calling("", Map.of())).hasMessageContaining("without a function's name");
        assertThatThrownBy(() -> new Tools(List.of(Map.of("function", Map.of()))))
                .hasMessageContaining("without a name");
        assertThat(calling("time", "{}").calledFunctions()).containsExactly("time");
    }

    private static Message calling(String function, Object arguments) {
        Map<String, Object> call = ordered(
                "id", "call12345", "type", "function", "function", ordered("name", function, "arguments", arguments));
        return new Message(Role.ASSISTANT, "", Map.of("tool_calls", List.of(call)));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static ChatTemplate template(String source) {
        return ChatTemplates.jinja("mine", source, "<s>", "</s>");
    }

    private static List<String> stripped(ChatTemplate.Rendered rendered) {
        return spans(rendered).stream().map(String::strip).toList();
    }

    private static List<String> spans(ChatTemplate.Rendered rendered) {
        return rendered.assistantSpans().stream()
                .map(span -> rendered.text().substring(span.start(), span.end()))
                .toList();
    }
}

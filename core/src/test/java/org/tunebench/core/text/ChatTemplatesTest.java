package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.testing.TinyTokenizer;

class ChatTemplatesTest {
    private static final List<Message> CHAT = List.of(
            Message.system("Be brief."),
            Message.user("Hi {{ 7*7 }} {% raw %}"),
            Message.assistant("Hello."),
            Message.user("Bye"),
            Message.assistant(" Good bye.\n"));

    @TempDir
    Path folder;

    @Test
    void paper_conversation_isTheConceptPapersFormat() {
        ChatTemplate.Rendered rendered = ChatTemplates.named("paper").render(CHAT, false);

        assertThat(rendered.text())
                .isEqualTo("<|system|>\nBe brief.<|end|>\n<|user|>\nHi {{ 7*7 }} {% raw %}<|end|>\n"
                        + "<|assistant|>\nHello.<|end|>\n<|user|>\nBye<|end|>\n"
                        + "<|assistant|>\n Good bye.\n<|end|>\n");
        assertThat(spans(rendered)).containsExactly("Hello.<|end|>", " Good bye.\n<|end|>");
    }

    @Test
    void paper_generationPrompt_opensTheAssistantTurn() {
        ChatTemplate template = ChatTemplates.named("paper");

        ChatTemplate.Rendered rendered = template.render(List.of(Message.user("Hi")), true);

        assertThat(rendered.text()).isEqualTo("<|user|>\nHi<|end|>\n<|assistant|>\n");
        assertThat(rendered.assistantSpans()).isEmpty();
        assertThat(template.endOfTurn()).isEqualTo("<|end|>");
        assertThat(template.name()).isEqualTo("paper");
    }

    @Test
    void chatml_conversation_isTheUsualText() {
        ChatTemplate template = ChatTemplates.named("chatml");

        ChatTemplate.Rendered rendered = template.render(CHAT.subList(0, 3), true);

        assertThat(rendered.text())
                .isEqualTo("<|im_start|>system\nBe brief.<|im_end|>\n"
                        + "<|im_start|>user\nHi {{ 7*7 }} {% raw %}<|im_end|>\n"
                        + "<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>assistant\n");
        assertThat(spans(rendered)).containsExactly("Hello.<|im_end|>");
        assertThat(template.endOfTurn()).isEqualTo("<|im_end|>");
    }

    @Test
    void alpaca_withAndWithoutInput_areThePublishedPrompts() throws IOException {
        JsonNode published = JsonMapper.builder()
                .build()
                .readTree(SharedData.require("alpaca/prompt_templates/alpaca.json")
                        .toFile());
        ChatTemplate template =
                ChatTemplates.jinja("alpaca", ChatTemplates.named("alpaca").source(), null, "</s>");

        String with = template.render(List.of(Message.user(AlpacaPrompt.user("Add.", "1 2"))), true)
                .text();
        String without = template.render(List.of(Message.user(AlpacaPrompt.user("Sing.", ""))), true)
                .text();

        assertThat(with)
                .isEqualTo(published
                        .get("prompt_input")
                        .asText()
                        .replace("{instruction}", "Add.")
                        .replace("{input}", "1 2"));
        assertThat(without).isEqualTo(published.get("prompt_no_input").asText().replace("{instruction}", "Sing."));
    }

    @Test
    void alpaca_twoTurns_endWithEosInsideTheSpan() {
        ChatTemplate template = ChatTemplates.named("alpaca", Tokenizers.load(TinyTokenizer.writeTo(folder)));

        ChatTemplate.Rendered rendered = template.render(CHAT, false);

        assertThat(rendered.text())
                .isEqualTo("Be brief.\n\n### Instruction:\nHi {{ 7*7 }} {% raw %}\n\n### Response:\nHello.<|endoftext|>"
                        + "\n\n### Instruction:\nBye\n\n### Response:\n Good bye.\n<|endoftext|>");
        assertThat(spans(rendered)).containsExactly("Hello.<|endoftext|>", " Good bye.\n<|endoftext|>");
        assertThat(template.endOfTurn()).isEmpty();
    }

    @Test
    void alpaca_withoutEosToken_refuses() {
        assertThatThrownBy(() -> ChatTemplates.named("alpaca").render(CHAT, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("end-of-sequence token");
    }

    @Test
    void paper_toolMessage_isRefusedByRole() {
        assertThatThrownBy(() -> ChatTemplates.named("paper").render(List.of(new Message(Role.TOOL, "42")), false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("role 'tool'");
    }

    @Test
    void named_unknownName_listsTheKnownOnes() {
        assertThatThrownBy(() -> ChatTemplates.named("chatlm"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'chatml'? Known: paper, chatml, alpaca");
    }

    @Test
    void of_folderWithBuiltInSource_hasItsName() {
        String source = ChatTemplates.named("chatml").source();
        Path model = TinyTokenizer.writeTo(folder, Map.of("chat_template", source));

        ChatTemplate template = ChatTemplates.of(model, Tokenizers.load(model));

        assertThat(template).isNotNull();
        assertThat(template.name()).isEqualTo("chatml");
        assertThat(template.source()).isEqualTo(source);
    }

    @Test
    void of_listOfTemplates_takesTheDefault() {
        Path model = TinyTokenizer.writeTo(
                folder,
                Map.of(
                        "chat_template",
                        List.of(
                                Map.of("name", "tool_use", "template", "T"),
                                Map.of("name", "default", "template", "D{{ eos_token }}"))));

        ChatTemplate template = ChatTemplates.of(model, Tokenizers.load(model));

        assertThat(template.render(List.of(), false).text()).isEqualTo("D<|endoftext|>");
        assertThat(template.name()).isEqualTo("model");
    }

    @Test
    void of_fileBesideConfig_winsOverConfig() throws IOException {
        Path model = TinyTokenizer.writeTo(folder, Map.of("chat_template", "config"));
        Files.writeString(model.resolve("chat_template.jinja"), "file");

        assertThat(ChatTemplates.of(model, Tokenizers.load(model)).source()).isEqualTo("file");
    }

    @Test
    void of_folderWithoutTemplate_isNull() {
        Path model = TinyTokenizer.writeTo(folder);

        assertThat(ChatTemplates.of(model, Tokenizers.load(model))).isNull();
    }

    @Test
    void jinja_malformedSource_namesTheLine() {
        assertThatThrownBy(() -> ChatTemplates.jinja("mine", "a\n{% if x %}\nb", null, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chat template mine line 3")
                .hasMessageContaining("endif");
    }

    @Test
    void spans_templateWithoutMarks_areContentAndEndOfTurn() {
        String source = "{% for m in messages %}[{{ m.role }}]{{ m.content | trim }}{% if m.role == 'assistant' %}</s>"
                + "{% endif %} {% endfor %}";
        ChatTemplate template = ChatTemplates.jinja("mine", source, "<s>", "</s>");

        ChatTemplate.Rendered rendered = template.render(CHAT, false);

        assertThat(spans(rendered)).containsExactly("Hello.</s>", "Good bye.</s>");
        assertThat(template.endOfTurn()).isEmpty();
    }

    @Test
    void spans_userRepeatsTheAnswer_areStillTheAssistants() {
        String source = "{% for m in messages %}{{ m.role }}: {{ m.content }}<e>\n{% endfor %}";
        List<Message> chat = List.of(
                Message.user("Say assistant: yes<e>"),
                Message.assistant("yes"),
                Message.user("yes"),
                Message.assistant("yes"));

        ChatTemplate.Rendered rendered =
                ChatTemplates.jinja("mine", source, null, null).render(chat, false);

        assertThat(spans(rendered)).containsExactly("yes<e>", "yes<e>");
        assertThat(rendered.assistantSpans().get(0).start())
                .isEqualTo("user: Say assistant: yes<e><e>\nassistant: ".length());
    }

    @Test
    void spans_templateThatDropsEarlierThoughts_areWhatIsLeft() {
        String source = "{% for m in messages %}{{ m.role }}: {{ m.content.split('</think>')[-1] }}<e>\n{% endfor %}";
        List<Message> chat = List.of(Message.user("u"), Message.assistant("<think>no</think>yes"));

        ChatTemplate.Rendered rendered =
                ChatTemplates.jinja("mine", source, null, null).render(chat, false);

        assertThat(spans(rendered)).containsExactly("yes<e>");
    }

    @Test
    void spans_realTemplates_holdEveryAnswer() throws IOException {
        List<Message> chat = List.of(
                Message.user("one"), Message.assistant("first answer"), Message.user("two"), Message.assistant("one"));
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int right = 0;
        try (Stream<Path> files = Files.walk(SharedData.require("chat_templates"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jinja")).sorted().toList()) {
                String name = file.getFileName().toString();
                try {
                    List<String> spans = spans(ChatTemplates.jinja(name, Files.readString(file), "<s>", "</s>")
                            .render(chat, false));
                    boolean held = spans.size() == 2
                            && spans.get(0).contains("first answer")
                            && spans.get(1).contains("one")
                            && !String.join("", spans).contains("two");
                    right += held ? 1 : 0;
                    if (!held) {
                        wrong.add(name + " " + spans);
                    }
                } catch (InputException e) {
                    refused.add(name + ": " + e.what());
                }
            }
        }

        // Python refuses these too: they need tools or other variables.
        assertThat(wrong).isEmpty();
        assertThat(refused)
                .extracting(r -> r.substring(0, r.indexOf(".jinja")))
                .containsExactly(
                        "CohereForAI-c4ai-command-r-plus-tool_use",
                        "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use",
                        "NousResearch-Hermes-3-Llama-3.1-8B-tool_use",
                        "fireworks-ai-llama-3-firefunction-v2");
        assertThat(right).isEqualTo(88 - refused.size());
    }

    @Test
    void spans_templateThatChangesTheContent_areWhatItMakesOfIt() {
        String source = "{% for m in messages %}{{ m.role }}: {{ m.content | upper }}\n{% endfor %}";

        ChatTemplate.Rendered rendered =
                ChatTemplates.jinja("mine", source, null, null).render(CHAT, false);

        assertThat(spans(rendered)).containsExactly("HELLO.", " GOOD BYE.\n");
    }

    @Test
    void spans_contentWrittenTwice_areRefused() {
        String source = "{% for m in messages %}{{ m.role }}: {{ m.content }} {{ m.content }}\n{% endfor %}";

        assertThatThrownBy(() -> ChatTemplates.jinja("mine", source, null, null).render(CHAT, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("assistant message 3");
    }

    private static List<String> spans(ChatTemplate.Rendered rendered) {
        return rendered.assistantSpans().stream()
                .map(span -> rendered.text().substring(span.start(), span.end()))
                .toList();
    }
}

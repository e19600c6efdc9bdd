package org.tunebench.train.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.record.Json;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.text.ChatTemplates;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.text.Tokenizers;
import org.tunebench.train.data.DataMixture;
import org.tunebench.train.data.DataSource;
import org.tunebench.train.data.Dataset;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.example.Origin;
import org.tunebench.train.recipe.Recipe;

/** Token ids and labels that Axolotl's test fixtures give for a conversation in Llama-2 chat style. */
class PublishedLabelsTest {
    private static final String LLAMA_2_CHAT = """
            {%- for m in messages %}{% if m.role == 'user' %}{{ bos_token }}[INST] {{ m.content }} [/INST]\
            {% else %}{% generation %} {{ m.content }} {{ eos_token }}{% endgeneration %}{% endif %}{% endfor %}""";

    @TempDir
    Path folder;

    @Test
    void of_conversationInLlama2Style_hasThePublishedIdsAndLabels() throws IOException {
        Tokenizer tokenizer = llama2();
        JsonNode published = json("sft_tokenized/conversation.tokenized_llama2chat.json");
        int[] ids = withoutTail(ints(published.get("input_ids")));
        int[] labels = Arrays.copyOf(ints(published.get("labels")), ids.length);

        List<Message> turns = turns(tokenizer.decode(ids, false));
        Recipe recipe = Recipe.parse("data: [{path: c.json}]\nmax_length: 4096\n", Path.of("r.yaml"));
        Example example = new Example.Conversation(Origin.of(0, Path.of("c.json"), 1), turns);
        TokenizedExample ours = TokenizedDataset.of(
                        recipe, List.of(example), ChatTemplates.jinja("llama2", LLAMA_2_CHAT, "<s>", "</s>"), tokenizer)
                .examples()
                .get(0);

        assertThat(ours.ids()).isEqualTo(ids);
        assertThat(labels(ours)).isEqualTo(labels);
    }

    /**
     * The other fixture, in Vicuna's style. Its quirks: two spaces before speakers, and a second {@code </s>} behind each
     * answer, as plain text. So characters are compared, without white space and ends of sequence.
     */
    @Test
    void of_conversationInVicunaStyle_supervisesThePublishedCharacters() throws IOException {
        Tokenizer tokenizer = llama2();
        JsonNode published = json("sft_tokenized/conversation.tokenized.json");
        Path file = SharedData.require("sft_tokenized/conversation.json");
        List<Example> examples =
                Dataset.load(DataMixture.of(List.of(DataSource.of(file)), 1)).examples();
        Recipe recipe = Recipe.parse("data: [{path: c.json}]\nmax_length: 4096\n", Path.of("r.yaml"));
        TokenizedExample ours = TokenizedDataset.of(
                        recipe, examples, ChatTemplates.named("vicuna", tokenizer), tokenizer)
                .examples()
                .get(0);

        List<String> expected = runs(tokenizer, ints(published.get("input_ids")), ints(published.get("labels")));
        assertThat(runs(tokenizer, ours.ids(), labels(ours)))
                .isEqualTo(expected)
                .hasSizeGreaterThan(10);
        for (int i = 1; i < ours.length(); i++) {
            boolean ends = ours.supervised()[i] && (i + 1 == ours.length() || !ours.supervised()[i + 1]);
            assertThat(!ends || ours.ids()[i] == tokenizer.eosId().getAsInt()).isTrue();
        }
    }

    /** The text of each run of tokens that are supervised (behind a plus) or are not. */
    private static List<String> runs(Tokenizer tokenizer, int[] ids, int[] labels) {
        List<String> runs = new ArrayList<>();
        for (int from = 0; from < ids.length; ) {
            int to = from;
            while (to < ids.length && (labels[to] == -100) == (labels[from] == -100)) {
                to++;
            }
            String text =
                    tokenizer.decode(Arrays.copyOfRange(ids, from, to), false).replaceAll("</?s>|\\s", "");
            runs.add((labels[from] == -100 ? "" : "+") + text);
            from = to;
        }
        return runs;
    }

    /** The published conversation, with the system prompt that the rendering put before its first turn. */
    private static List<Message> turns(String rendered) throws IOException {
        String system = rendered.substring(rendered.indexOf("<<SYS>>"), rendered.indexOf("<</SYS>>"));
        List<Message> turns = new ArrayList<>();
        for (JsonNode turn : json("sft_tokenized/conversation.json").get("conversations")) {
            String text = turn.get("value").asText();
            turns.add(
                    turn.get("from").asText().equals("human")
                            ? Message.user(turns.isEmpty() ? system + "<</SYS>>\n\n" + text : text)
                            : Message.assistant(text));
        }
        return turns;
    }

    private static int[] labels(TokenizedExample example) {
        int[] labels = example.ids().clone();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = example.supervised()[i] ? labels[i] : -100;
        }
        return labels;
    }

    /**
     * The Llama-2 tokenizer, mended: three merges of white space that the library refuses to read are left out, and special
     * tokens are matched as they are written (this old file has them normalized, by which {@code <s>} behind {@code </s>} is
     * plain text).
     */
    private Tokenizer llama2() throws IOException {
        Path source = SharedData.require("hf_tokenizers/llama2");
        Files.copy(source.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        JsonNode tokenizer = json("hf_tokenizers/llama2/tokenizer.json");
        ArrayNode merges = (ArrayNode) tokenizer.path("model").path("merges");
        for (int i = merges.size() - 1; i >= 0; i--) {
            if (merges.get(i).asText().split(" ", -1).length != 2) {
                merges.remove(i);
            }
        }
        tokenizer.path("added_tokens").forEach(token -> ((ObjectNode) token).put("normalized", false));
        Json.MAPPER.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
        return Tokenizers.load(folder);
    }

    private static JsonNode json(String file) throws IOException {
        return Json.MAPPER.readTree(SharedData.require(file).toFile());
    }

    private static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    /** Without padding (0) and the beginning (1) of a turn that does not follow. */
    private static int[] withoutTail(int[] ids) {
        int n = ids.length;
        while (ids[n - 1] <= 1) {
            n--;
        }
        return Arrays.copyOf(ids, n);
    }
}

package org.tunebench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.model.LoraAdapter;
import org.tunebench.core.model.MemoryEstimate;
import org.tunebench.core.model.ModelConfig;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Message;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.core.weights.StoredTensor;

/** What {@code models inspect} says of a folder that can be used: facts for people, and the same for programs. */
final class ModelFacts {
    private static final Pattern GENERATION_TAG = Pattern.compile("\\{%[-+]?\\s*generation\\b");
    private static final int ADAPTER_RANK = 8;

    /** @param value as JSON has it */
    record Fact(String name, String text, Object value) {}

    private final ModelFolder folder;
    private final Tokenizer tokenizer;
    private final @Nullable ChatTemplate template;
    private final List<Fact> facts = new ArrayList<>();

    private ModelFacts(ModelFolder folder, Tokenizer tokenizer, @Nullable ChatTemplate template) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        this.template = template;
    }

    /**
     * @param batch sequences computed at once, for the estimates of memory
     * @param length of each, in tokens
     */
    static List<Fact> of(
            ModelFolder folder, Tokenizer tokenizer, @Nullable ChatTemplate template, int batch, int length) {
        ModelFacts facts = new ModelFacts(folder, tokenizer, template);
        facts.model();
        folder.adapter().ifPresent(facts::adapter);
        facts.weights();
        facts.text();
        facts.template();
        facts.memory(batch, length);
        return facts.facts;
    }

    private void model() {
        ModelConfig c = folder.config();
        add("folder", folder.path().toString(), folder.path().toString());
        add("family", c.modelType(), c.modelType());
        add("parameters", count(folder.parameters()), folder.parameters());
        add(
                "layers",
                c.layers() + " of width " + c.hiddenSize() + ", " + c.heads() + " heads of size " + c.headSize() + ", "
                        + c.keyValueHeads() + " key-value heads",
                c.layers());
        add("context", c.contextLength() + " tokens", c.contextLength());
    }

    private void adapter(LoraAdapter adapter) {
        long parameters = adapter.factors().values().stream()
                .mapToLong(f -> f.a().length + f.b().length + (f.magnitude() == null ? 0 : f.magnitude().length))
                .sum();
        String method = adapter.config().weightDecomposed() ? "DoRA" : "LoRA";
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("method", method);
        value.put("base", folder.basePath().toString());
        value.put("rank", adapter.config().rank());
        value.put("scale", adapter.config().scale());
        value.put("targets", adapter.config().targetModules());
        value.put("parameters", parameters);
        add(
                "adapter",
                method + " of rank " + adapter.config().rank() + ", scale "
                        + adapter.config().scale() + ", "
                        + count(parameters) + " parameters on "
                        + String.join(", ", adapter.config().targetModules()) + "; base " + folder.basePath(),
                value);
    }

    private void weights() {
        Map<String, Long> tensorsOf = folder.tensors().values().stream()
                .collect(Collectors.groupingBy(t -> t.type().name(), TreeMap::new, Collectors.counting()));
        long files = folder.tensors().values().stream()
                .map(StoredTensor::file)
                .distinct()
                .count();
        String types = tensorsOf.size() == 1
                ? tensorsOf.keySet().iterator().next()
                : tensorsOf.entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue() + " tensors)")
                        .collect(Collectors.joining(", "));
        String head = folder.config().tiedEmbeddings() ? "head tied to the embedding" : "head of its own";
        add("stored as", types + ", " + files + (files == 1 ? " file, " : " files, ") + head, tensorsOf);
    }

    private void text() {
        int rows = folder.config().vocabularySize();
        add(
                "vocabulary",
                rows + " embeddings, tokenizer " + tokenizer.vocabularySize() + " ids",
                Map.of("embeddings", rows, "tokenizer", tokenizer.vocabularySize()));
        Map<String, Object> special = new LinkedHashMap<>();
        special.put("bos", token(tokenizer.bosId()));
        special.put("eos", token(tokenizer.eosId()));
        special.put(
                "stops",
                folder.eosIds().stream().map(id -> token(OptionalInt.of(id))).toList());
        special.put("adds_bos", tokenizer.addsBos());
        add(
                "special tokens",
                "begin " + special.get("bos") + (tokenizer.addsBos() ? " (added to every text)" : "") + ", end "
                        + special.get("eos") + ", generation stops at " + special.get("stops"),
                special);
    }

    private String token(OptionalInt id) {
        return id.isEmpty() ? "none" : id.getAsInt() + " " + tokenizer.decode(new int[] {id.getAsInt()}, false);
    }

    private void template() {
        if (template == null) {
            add("chat template", "none; prompts are put through the built-in paper template", "none");
            return;
        }
        boolean tags = GENERATION_TAG.matcher(template.source()).find();
        String example = example(template);
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", template.name());
        value.put("generation_tags", tags);
        value.put("example", example);
        String source = template.name().equals("model") ? "the folder's own" : template.name();
        add(
                "chat template",
                source + (tags ? ", marks assistant turns itself" : ", assistant turns found by comparison")
                        + ", Hello! asked of it:\n" + example.indent(4).stripTrailing(),
                value);
    }

    private static String example(ChatTemplate template) {
        try {
            return template.render(List.of(Message.user("Hello!")), true).text();
        } catch (InputException e) {
            return "(refused: " + e.what() + ")";
        }
    }

    private void memory(int batch, int length) {
        Map<String, MemoryEstimate> estimates = new LinkedHashMap<>();
        estimates.put("scoring", MemoryEstimate.scoring(folder.architecture(), batch, length));
        estimates.put("generation", MemoryEstimate.generation(folder.architecture(), batch, length));
        estimates.put("full fine-tuning", MemoryEstimate.fullFineTuning(folder.architecture(), batch, length));
        estimates.put("LoRA r 8", MemoryEstimate.lora(folder.architecture(), ADAPTER_RANK, batch, length));
        Map<String, Long> value = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder("about, for " + batch + " × " + length + " tokens at once");
        estimates.forEach((use, e) -> {
            value.put(use.replaceAll("[ -]", "_"), e.bytes());
            text.append(String.format(Locale.ROOT, "%n    %-17s %s", use, e));
        });
        add("memory", text.toString(), Map.of("batch", batch, "length", length, "bytes", value));
    }

    private void add(String name, String text, Object value) {
        facts.add(new Fact(name, text, value));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

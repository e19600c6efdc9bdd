package org.tunebench.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.core.testing.MutationRun;
import org.tunebench.core.testing.Mutations;
import org.tunebench.train.data.filter.ExactDuplicates;
import org.tunebench.train.data.template.InstructionTemplates;
import org.tunebench.train.recipe.Recipe;

/** Damaged records are read, or listed with file, line and reason; never anything else. {@code -Dmutations=200000} */
class MutatedInputTest {
    private static final List<String> RECORDS = List.of(
            "{'instruction':'Add.','input':'1','output':'3','task':'t','category':null}",
            "{'instruction':'Who?','context':'C','response':'R','category':'qa'}",
            "{'messages':[{'role':'system','content':'S'},{'role':'user','content':'Ä\\n\\u00e9'},{'role':'assistant',"
                    + "'content':[{'type':'text','text':'B'}],'tool_calls':[{'type':'function','function':{'name':'f'}}]}],"
                    + "'tools':[{'name':'f'}],'label':true}",
            "{'conversations':[{'from':'human','value':'Q'},{'from':'function_call','value':'{}'},{'from':'gpt','value':'A'}]}",
            "{'prompt':'Q','completion':'A<|endoftext|>','label':false}",
            "{'Definition':['D'],'Categories':['c'],'Positive Examples':[{'input':'i','output':'o'}],"
                    + "'Instances':[{'input':'a','output':['b']},{'input':'c','output':'d'}]}",
            "{'name':'n','instruction':'I','instances':[{'input':'','output':'O'}]}",
            "{'message_tree_id':'t','prompt':{'text':'Q','role':'prompter','replies':[{'text':'A','role':'assistant',"
                    + "'rank':1,'replies':[]},{'text':'B','role':'assistant','rank':0}]}}",
            "{'message_id':'1','parent_id':null,'text':'Q','role':'prompter'}",
            "{'prompt':[{'role':'user','content':'Q'}],'chosen':[{'role':'assistant','content':'A'}],'rejected':'B'}",
            "{'text':'raw text'}");
    private static final String RECIPE = """
            base: embedded
            method: lora
            lora: {r: 4, alpha: 8, targets: [q_proj, "*.v"]}
            data:
              - &d {path: a.jsonl, weight: 2, templates: ["Q {x}", "{{y}}", {name: n, prompt: "{x}"}]}
              - {<<: *d, share: 0.2, weight: 1, paths: all, category: coding}
            filters: [{name: words, min_response: 1}]
            mixture: {rate: category, weights: {coding: 2}, epoch: 100, share_of: examples}
            overlong: split
            supervise: [assistant, user]
            optimizer: {learning_rate: 1e-3}
            schedule: {type: linear, warmup_steps: 5}
            steps: 54
            """;

    @TempDir
    Path folder;

    @Test
    void stream_damagedRecords_areReadOrListed() {
        int[] examples = {0};
        int refused = MutationRun.percentRefused(random -> {
            String whole = RECORDS.get(random.nextInt(RECORDS.size())).replace('\'', '"');
            byte[] mutated = Mutations.ofJson(whole.getBytes(StandardCharsets.UTF_8), random);
            List<byte[]> parts = List.of((whole + "\n").getBytes(StandardCharsets.UTF_8), mutated);
            Path file = Files.write(folder.resolve("m.jsonl"), joined(parts, random));
            read(DataSource.of(file), examples);
        });
        assertThat(refused).isLessThan(60);
        assertThat(examples[0]).isPositive();
    }

    @Test
    void stream_damagedGzipAndParquet_areReadOrRefused() throws IOException {
        byte[] gzip =
                gzip(String.join("\n", RECORDS.subList(0, 1)).replace('\'', '"').repeat(50));
        byte[] parquet;
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("file/messages.zstd.parquet"))) {
            parquet = in.readAllBytes();
        }
        int refused = MutationRun.percentRefusedOfFew(random -> {
            byte[] whole = random.nextBoolean() ? gzip : parquet;
            byte[] mutated = Mutations.ofBytes(whole, whole.length, random);
            read(DataSource.of(Files.write(folder.resolve("m.bin"), mutated)), new int[1]);
        });
        assertThat(refused).isPositive();
    }

    @Test
    void stream_damagedTemplates_areTakenOrRefused() throws IOException {
        Path data = Files.writeString(folder.resolve("d.jsonl"), "{\"text\":\"T\",\"label\":1}\n");
        String templates = """
                dataset: d
                templates:
                  a1: !Template
                    answer_choices: No ||| Yes
                    jinja: "{{ text }}? {{ ['a', 'b'] | choice }}|||{% if label == 1 %}{{ answer_choices[label] }}{% endif %}"
                    name: plain
                """;
        int refused = MutationRun.percentRefusedOfFew(random -> {
            byte[] whole = templates.getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(folder.resolve("t.yaml"), Mutations.ofBytes(whole, whole.length, random));
            read(DataSource.of(data).withTemplates(InstructionTemplates.read(file)), new int[1]);
        });
        assertThat(refused).isPositive();
    }

    @Test
    void read_damagedRecipe_isReadOrRefused() {
        int refused = MutationRun.percentRefused(random -> {
            byte[] whole = RECIPE.getBytes(StandardCharsets.UTF_8);
            Path file = Files.write(folder.resolve("r.yaml"), Mutations.ofBytes(whole, whole.length, random));
            Recipe.read(file).toYaml();
        });
        assertThat(refused).isBetween(10, 99);
    }

    /** Every bad record is tolerated, so that none hides another. */
    private static void read(DataSource source, int[] examples) {
        DataMixture lenient = new DataMixture(List.of(source), List.of(new ExactDuplicates()), "", 1, 1);
        Dataset.stream(lenient, example -> examples[0]++);
    }

    /** The whole record before, behind or not at all; perhaps in a list. */
    private static byte[] joined(List<byte[]> parts, Random random) {
        List<byte[]> all = new ArrayList<>(random.nextInt(3) == 0 ? parts.subList(1, 2) : parts);
        if (random.nextBoolean()) {
            Collections.reverse(all);
        }
        boolean list = random.nextInt(3) == 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((list ? "[" : "").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < all.size(); i++) {
            bytes.writeBytes(i == 0 ? new byte[0] : new byte[] {(byte) (list ? ',' : '\n')});
            bytes.writeBytes(all.get(i));
        }
        bytes.writeBytes((list ? "]" : "").getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}

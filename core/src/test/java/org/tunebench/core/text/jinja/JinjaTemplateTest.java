package org.tunebench.core.text.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tunebench.core.input.InputException;
import org.tunebench.core.testing.SharedData;
import org.tunebench.core.text.ChatTemplates;

/** Against jinja2 3.1.6 as transformers 5.23 sets it up; goldens by src/test/python/chat_template_goldens.py. */
class JinjaTemplateTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-05T09:07:03Z"), ZoneOffset.UTC);

    @Test
    void render_everySnippet_equalsPythons() throws IOException {
        Map<String, Object> variables = JSON.readValue(
                "{\"n\": null, \"s\": \"héllo wörld\", \"l\": [3, 1, 2], \"d\": {\"b\": 1, \"a\": [1.5, true, null]},"
                        + "\"ms\": [{\"role\": \"system\", \"content\": \"S\"}, {\"role\": \"user\", \"content\": \"U\"},"
                        + "{\"role\": \"assistant\", \"content\": \"A\"}]}",
                new TypeReference<Map<String, Object>>() {});
        List<String> different = new ArrayList<>();

        for (List<String> snippet : resource("snippets.json", new TypeReference<List<List<String>>>() {})) {
            String text = textOrNull(snippet.get(0), variables);
            String expected = snippet.get(1);
            if (text == null ? expected != null : !text.equals(expected)) {
                different.add(snippet.get(0) + "\n  expected " + expected + "\n  was      " + text);
            }
        }

        assertThat(different).isEmpty();
    }

    @Test
    void render_realTemplates_equalPythonsTextAndSpans() throws IOException {
        Path folder = SharedData.require("chat_templates");
        Map<String, List<String>> goldens = goldens("");

        List<String> different = new ArrayList<>();
        for (Map.Entry<String, List<String>> golden : goldens.entrySet()) {
            compare(golden.getKey(), Files.readString(folder.resolve(golden.getKey())), golden.getValue(), different);
        }

        assertThat(goldens).hasSize(88);
        assertThat(different).isEmpty();
    }

    @Test
    void render_builtInTemplates_equalPythonsTextAndSpans() throws IOException {
        List<String> different = new ArrayList<>();
        for (String name : ChatTemplates.names()) {
            String file = "built-in/" + name + ".jinja";
            compare(file, ChatTemplates.named(name).source(), goldens(file).get(file), different);
        }

        assertThat(different).isEmpty();
    }

    /** Digests by template, one a case: those of the real templates, or of one built-in. */
    private static Map<String, List<String>> goldens(String builtIn) throws IOException {
        Map<String, List<String>> goldens = new LinkedHashMap<>();
        for (String line : new String(bytes("templates.tsv"), StandardCharsets.UTF_8).split("\n")) {
            List<String> columns = List.of(line.split("\t"));
            if (columns.get(0).equals(builtIn)
                    || (builtIn.isEmpty() && !columns.get(0).startsWith("built-in/"))) {
                goldens.put(columns.get(0), columns.subList(1, columns.size()));
            }
        }
        return goldens;
    }

    private static void compare(String name, String source, List<String> goldens, List<String> different)
            throws IOException {
        Map<String, Map<String, Object>> cases =
                resource("conversations.json", new TypeReference<LinkedHashMap<String, Map<String, Object>>>() {});
        JinjaTemplate template = JinjaTemplate.compile(name, source);
        assertThat(goldens).hasSameSizeAs(cases.keySet());
        int i = 0;
        for (Map.Entry<String, Map<String, Object>> one : cases.entrySet()) {
            String golden = goldens.get(i++);
            String digest = digest(template, one.getValue(), golden);
            if (!digest.equals(golden)) {
                different.add(name + ", " + one.getKey() + ": expected " + golden + ", was " + digest);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% set ns = namespace(x='ab') %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                "{{ 'a' * 10 ** 12 }}",
                "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}",
                "{% for i in range(100000) %}{{ 'a' * 1000 }}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(90) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                "{{ '%1000000000d' % 1 }}",
                "{{ 'a' * 10 ** 9 }}",
                "{{ [0] * 10 ** 9 }}",
                "{{ ('a' * 10 ** 6).split('a') | join('a' * 10 ** 6) }}",
                "{{ lipsum(1000000) }}",
                "{{ ('a' * 10 ** 6).join(['b'] * 10 ** 5) }}",
                "{% set x = 'a' * 10 ** 7 %}{{ x ~ x ~ x ~ x }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ 'x'.center(999999999999) }}",
                "{{ 'ab'.replace('', 'x' * 1000000).replace('', 'x' * 1000000) }}"
            })
    void render_withoutEnd_isStopped(String source) {
        JinjaTemplate template = JinjaTemplate.compile("endless", source);

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chat template endless line 1");
    }

    @Test
    void stripTags_openingsWithoutEnd_takeOneLook() {
        String text = JinjaTemplate.compile("open", "{{ (('<!--' * 10 ** 6) ~ ('<' * 10 ** 6)) | striptags | length }}")
                .render(Map.of())
                .text();

        assertThat(text).isEqualTo("5000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{'a':", "not ", "-", "{% if x %}"})
    void compile_nestedWithoutEnd_isRefused(String open) {
        String source = open.startsWith("{%") ? open.repeat(20_000) : "{{ " + open.repeat(20_000) + " }}";

        assertThatThrownBy(() -> JinjaTemplate.compile("deep", source)).isInstanceOf(InputException.class);
    }

    @Test
    void render_raisedException_isTheTemplatesMessageAndLine() {
        JinjaTemplate template = JinjaTemplate.compile(
                "strict", "a\n{% if true %}\n{{ raise_exception('Roles must alternate') }}{% endif %}");

        assertThatThrownBy(() -> template.render(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("chat template strict line 3: Roles must alternate. ");
    }

    private static String textOrNull(String source, Map<String, Object> variables) {
        try {
            return JinjaTemplate.compile("snippet", source)
                    .render(variables, CLOCK)
                    .text();
        } catch (InputException e) {
            return null;
        }
    }

    private static String digest(JinjaTemplate template, Map<String, Object> variables, String golden) {
        JinjaTemplate.Output output;
        try {
            output = template.render(variables, CLOCK);
        } catch (InputException e) {
            return "error";
        }
        String spans = output.generationSpans().stream()
                .map(span -> span.start() + "-" + span.end())
                .collect(Collectors.joining(","));
        // Where a block wrote into a variable, transformers' own positions are off: only the text is compared.
        String expectedSpans = golden.contains(":") ? golden.substring(golden.indexOf(':')) : "";
        String actualSpans = spans.isEmpty() ? "" : ":" + sha256(spans);
        return sha256(output.text()) + (output.spansIncomplete() ? expectedSpans : actualSpans);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T resource(String name, TypeReference<T> type) throws IOException {
        return JSON.readValue(bytes(name), type);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = JinjaTemplateTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}

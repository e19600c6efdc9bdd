package org.tunebench.eval.instruction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tunebench.eval.engine.Whitespace;

/** Placeholders, bullets, sections, titles and other visible form. */
final class Formats {
    private static final Pattern PLACEHOLDER = PythonPattern.compile("\\[.*?\\]");
    private static final Pattern STAR_BULLET = PythonPattern.compile("^\\s*\\*[^\\*].*$", Pattern.MULTILINE);
    private static final Pattern DASH_BULLET = PythonPattern.compile("^\\s*-.*$", Pattern.MULTILINE);
    private static final Pattern HIGHLIGHT = PythonPattern.compile("\\*[^\\n\\*]*\\*");
    private static final Pattern DOUBLE_HIGHLIGHT = PythonPattern.compile("\\*\\*[^\\n\\*]*\\*\\*");
    private static final Pattern TITLE = PythonPattern.compile("<<[^\\n]+>>");
    private static final List<String> OPTIONS = List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");
    private static final List<String> FENCES = List.of("```json", "```Json", "```JSON", "```");

    /** As Python's {@code json.loads}, which takes NaN and Infinity. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Formats() {}

    static void add(Map<String, Function<Instruction.Arguments, Instruction>> kinds) {
        kinds.put("detectable_content:number_placeholders", arguments -> {
            int least = arguments.number("num_placeholders");
            return answer -> PythonPattern.count(PLACEHOLDER, answer) >= least;
        });
        kinds.put("detectable_content:postscript", arguments -> {
            Pattern postscript = postscript(arguments.text("postscript_marker").strip());
            return answer -> postscript.matcher(answer.toLowerCase(Locale.ROOT)).find();
        });
        kinds.put("detectable_format:number_bullet_lists", arguments -> {
            int wanted = arguments.number("num_bullets");
            return answer ->
                    PythonPattern.count(STAR_BULLET, answer) + PythonPattern.count(DASH_BULLET, answer) == wanted;
        });
        kinds.put(
                "detectable_format:constrained_response",
                arguments -> answer -> OPTIONS.stream().anyMatch(answer::contains));
        kinds.put("detectable_format:number_highlighted_sections", arguments -> {
            int least = arguments.number("num_highlights");
            return answer -> highlights(HIGHLIGHT, answer) + highlights(DOUBLE_HIGHLIGHT, answer) >= least;
        });
        kinds.put("detectable_format:multiple_sections", arguments -> {
            String word = arguments.text("section_spliter").strip();
            Pattern splitter = PythonPattern.compile("\\s?" + word + "\\s?\\p{Nd}+\\s?");
            int least = arguments.number("num_sections");
            return answer -> PythonPattern.count(splitter, answer) >= least;
        });
        kinds.put("detectable_format:json_format", arguments -> Formats::isJson);
        kinds.put("detectable_format:title", arguments -> Formats::hasTitle);
    }

    private static Pattern postscript(String marker) {
        String expression = switch (marker) {
            case "P.P.S" -> "\\s*p\\.\\s?p\\.\\s?s.*$";
            case "P.S." -> "\\s*p\\.\\s?s\\..*$";
            default -> "\\s*" + marker.toLowerCase(Locale.ROOT) + ".*$";
        };
        return PythonPattern.compile(expression, Pattern.MULTILINE);
    }

    private static int highlights(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        int count = 0;
        while (matcher.find()) {
            count += Whitespace.strip(matcher.group().replace("*", "")).isEmpty() ? 0 : 1;
        }
        return count;
    }

    private static boolean isJson(String answer) {
        String text = Whitespace.strip(answer);
        for (String fence : FENCES) {
            text = text.startsWith(fence) ? text.substring(fence.length()) : text;
        }
        text = Whitespace.strip(text.endsWith("```") ? text.substring(0, text.length() - 3) : text);
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean hasTitle(String answer) {
        Matcher matcher = TITLE.matcher(answer);
        while (matcher.find()) {
            String title = matcher.group().replaceAll("^<+|>+$", "");
            if (!Whitespace.strip(title).isEmpty()) {
                return true;
            }
        }
        return false;
    }
}

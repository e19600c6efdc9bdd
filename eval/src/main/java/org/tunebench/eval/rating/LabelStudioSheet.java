package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Ratings.Choice;

/**
 * Tasks and labeling configurations for Label Studio, in {@code label-studio/}: one project a rater with the tasks of
 * {@code <rater>.json} and the interface of {@code ratings.xml}; the same with {@code -pairs.json} and {@code pairs.xml}.
 * Label Studio shows a {@code Text} tag's value as text.
 */
final class LabelStudioSheet implements SheetWriter {
    private static final String FOLDER = "label-studio";

    @Override
    public List<Path> write(RaterSheet sheet, Path folder) {
        Path own = folder.resolve(FOLDER);
        List<Path> files = new ArrayList<>();
        files.add(own.resolve(sheet.rater() + ".json"));
        AtomicFiles.writeJson(
                files.get(0),
                sheet.ratings().stream()
                        .map(row -> task(row.id(), row.prompt(), SheetColumns.RESPONSE, row.response()))
                        .toList());
        AtomicFiles.write(own.resolve("ratings.xml"), ratings());
        if (!sheet.pairs().isEmpty()) {
            files.add(own.resolve(sheet.rater() + "-pairs.json"));
            AtomicFiles.writeJson(
                    files.get(1),
                    sheet.pairs().stream()
                            .map(row -> task(
                                    row.id(),
                                    row.prompt(),
                                    SheetColumns.RESPONSE_A,
                                    row.first(),
                                    SheetColumns.RESPONSE_B,
                                    row.second()))
                            .toList());
            AtomicFiles.write(own.resolve("pairs.xml"), pairs());
        }
        return files;
    }

    /** Not named id: Label Studio's smaller exports put the task's own id in its place. */
    private static Map<String, Object> task(String id, String prompt, String... namesAndTexts) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("row_id", id);
        data.put(SheetColumns.PROMPT, prompt);
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            data.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Map.of("data", data);
    }

    private static String ratings() {
        return """
                <View>
                  <Header value="Prompt"/>
                  <Text name="prompt" value="$prompt"/>
                  <Header value="Response"/>
                  <Text name="response" value="$response"/>
                """
                + Arrays.stream(Dimension.values())
                        .map(d -> """
                  <Header size="5" value="%s: %s"/>
                  <Rating name="%s" toName="response" maxRating="%d" defaultValue="0"/>
                """.formatted(d.title(), d.question(), d.id(), Dimension.HIGHEST))
                        .collect(Collectors.joining())
                + comment("response");
    }

    private static String pairs() {
        return """
                <View>
                  <Header value="Prompt"/>
                  <Text name="prompt" value="$prompt"/>
                  <Header value="Response A"/>
                  <Text name="response_a" value="$response_a"/>
                  <Header value="Response B"/>
                  <Text name="response_b" value="$response_b"/>
                  <Header size="5" value="Which is better on the whole?"/>
                  <Choices name="preference" toName="prompt" choice="single" showInLine="true">
                """
                + Arrays.stream(Choice.values())
                        .map(c -> "    <Choice value=\"%s\" hint=\"%s\"/>\n"
                                .formatted(Preferences.label(c), Preferences.meaning(c)))
                        .collect(Collectors.joining())
                + "  </Choices>\n"
                + comment(SheetColumns.PROMPT);
    }

    private static String comment(String of) {
        return """
                  <TextArea name="comment" toName="%s" placeholder="Comment" rows="2" maxSubmissions="1" editable="true"/>
                </View>
                """.formatted(of);
    }
}

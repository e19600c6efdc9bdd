package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Ratings.Choice;
import org.tunebench.core.record.Sha256;

/**
 * {@code <rater>.html}: a page to rate in, offline. Nothing runs in it but its own script, and it asks for nothing: its
 * policy is {@code default-src 'none'} with the hashes of its style and script. What models wrote is in a JSON island that
 * the script sets as text only.
 */
final class HtmlSheet implements SheetWriter {
    @Override
    public List<Path> write(RaterSheet sheet, Path folder) {
        Path file = folder.resolve(sheet.rater()).resolve(sheet.rater() + ".html");
        String style = resource("sheet.css");
        String script = resource("sheet.js");
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src "
                + Sha256.policySource(style) + "; script-src " + Sha256.policySource(script);
        // The data come last: nothing in them is taken for a place to fill.
        String page = resource("sheet.html")
                .replace("{{policy}}", policy)
                .replace("{{title}}", "Rating sheet " + sheet.rater())
                .replace("{{style}}", style)
                .replace("{{script}}", script)
                .replace("{{sheet}}", island(sheet));
        AtomicFiles.write(file, page);
        return List.of(file);
    }

    /** What the script needs. */
    private record Island(
            String set,
            String rater,
            List<Question> dimensions,
            List<Answer> choices,
            List<RaterSheet.Response> ratings,
            List<RaterSheet.Pair> pairs) {}

    private record Question(String id, String title, String question) {}

    private record Answer(String value, String text) {}

    private static String island(RaterSheet sheet) {
        List<Question> dimensions = Arrays.stream(Dimension.values())
                .map(d -> new Question(d.id(), d.title(), d.question()))
                .toList();
        List<Answer> choices = Arrays.stream(Choice.values())
                .map(c -> new Answer(Preferences.label(c), Preferences.meaning(c)))
                .toList();
        Island island = new Island(sheet.set(), sheet.rater(), dimensions, choices, sheet.ratings(), sheet.pairs());
        return Json.text(island, false)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlSheet.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

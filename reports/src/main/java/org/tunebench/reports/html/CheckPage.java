package org.tunebench.reports.html;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Bin;
import org.tunebench.core.record.CheckRecord.Lengths;
import org.tunebench.core.record.CheckRecord.Severity;
import org.tunebench.core.record.Json;
import org.tunebench.core.text.VisibleText;

/** What {@code data check} found, as one HTML file without any script. */
public final class CheckPage {
    private static final List<String> STYLES =
            List.of("style/page.css", "style/tables.css", "style/check.css", "style/narrow.css", "style/print.css");
    /** Groups and bad records that the page lists; the JSON has all. */
    private static final int LISTED = 40;

    private CheckPage() {}

    /** Writes the page. */
    public static void write(CheckRecord check, Path html) {
        Map<String, Object> model = model(check);
        AtomicFiles.write(html, temporary -> {
            try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                Page.writeStill("check.ftlh", STYLES, model, out);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> model(CheckRecord check) {
        Map<String, Object> plain = Json.MAPPER.convertValue(check, new TypeReference<>() {});
        Map<String, Object> model =
                new HashMap<>((Map<String, Object>) Objects.requireNonNull(VisibleText.deep(plain)));
        model.put("listed", LISTED);
        model.put("spoils", check.of(Severity.SPOILS).size());
        model.put("warnings", check.of(Severity.WARN).size());
        model.put(
                "most",
                check.lengths().stream().mapToLong(CheckPage::most).max().orElse(0));
        return model;
    }

    /** The examples of the fullest bin. */
    private static long most(Lengths lengths) {
        return lengths.bins().stream().mapToLong(Bin::examples).max().orElse(0);
    }
}

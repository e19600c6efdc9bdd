package org.tunebench.eval.rating;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tunebench.core.input.KnownNames;

/** What a sheet is written as. */
public enum SheetFormat {
    CSV(new CsvSheet()),
    XLSX(new XlsxSheet()),
    /** A page to rate in, offline. */
    HTML(new HtmlSheet()),
    LABEL_STUDIO(new LabelStudioSheet()),
    ARGILLA(new ArgillaSheet());

    /** What raters can fill in without a server. */
    public static final Set<SheetFormat> DEFAULT = Collections.unmodifiableSet(EnumSet.of(CSV, XLSX, HTML));

    private final SheetWriter writer;

    SheetFormat(SheetWriter writer) {
        this.writer = writer;
    }

    SheetWriter writer() {
        return writer;
    }

    /** The name on the command line and in experiments. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws org.tunebench.core.input.InputException for an unknown name */
    public static SheetFormat of(String name, String where) {
        List<String> known = Arrays.stream(values()).map(SheetFormat::id).toList();
        return valueOf(KnownNames.require(
                        "sheet format", name.strip().toLowerCase(Locale.ROOT).replace('-', '_'), known, where)
                .toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return id();
    }
}

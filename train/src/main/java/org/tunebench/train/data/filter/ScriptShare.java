package org.tunebench.train.data.filter;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tunebench.core.input.Range;
import org.tunebench.train.data.example.Example;

/**
 * Filter {@code script}: of an example's letters at least a share belongs to the scripts named, by their Unicode script
 * property. A text without letters passes.
 *
 * @param scripts Unicode names or ISO 15924 codes, e.g. {@code latin}, {@code Cyrl}; default latin
 * @param minShare from 0 to 1; default 0.9
 * @param of the part looked at; default whole
 */
public record ScriptShare(List<String> scripts, Double minShare, ExampleText of) implements ExampleFilter {
    public ScriptShare {
        scripts = scripts == null ? List.of("latin") : List.copyOf(scripts);
        minShare = Range.above(0).to(1).check("min_share", minShare == null ? 0.9 : minShare);
        of = of == null ? ExampleText.WHOLE : of;
        if (scripts.isEmpty()) {
            throw new IllegalArgumentException("scripts is an empty list: every letter would be foreign");
        }
        scripts.forEach(ScriptShare::script);
    }

    @Override
    public FilterPass start(FilterInputs inputs, ExampleSource before) {
        List<UnicodeScript> named = new ArrayList<>();
        scripts.forEach(s -> named.add(script(s)));
        Set<UnicodeScript> wanted = EnumSet.copyOf(named);
        return example -> judge(example, wanted);
    }

    private Verdict judge(Example example, Set<UnicodeScript> wanted) {
        String text = of.of(example);
        int letters = 0;
        int inside = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetter(c)) {
                letters++;
                inside += wanted.contains(UnicodeScript.of(c)) ? 1 : 0;
            }
        }
        double share = letters == 0 ? 1 : (double) inside / letters;
        String objection = share >= minShare
                ? null
                : String.format(
                        Locale.ROOT, "%.0f %% of the letters are %s", 100 * share, String.join(" or ", scripts));
        return Verdict.scored(share, objection);
    }

    private static UnicodeScript script(String name) {
        try {
            return UnicodeScript.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "scripts: '" + name + "' is no Unicode script; write e.g. latin, cyrillic, greek, arabic, han", e);
        }
    }
}

package org.tunebench.train.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.YamlChanges;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;

/** Refuses to go on with a run whose recipe, data, base model or template is no longer what it was started with. */
final class Changes {
    private static final String MEND = "Resume with what the run was started with, or start in a new folder";

    private Changes() {}

    /** @param recipe the recipe that is to be gone on with, as resolved */
    static void refuse(RunFolder folder, RunRecord.Inputs now, String recipe) {
        RunRecord before = folder.readRecord();
        if (!Objects.equals(before.recipe(), now.recipe())) {
            List<String> keys = YamlChanges.between(folder.readRecipe().orElse(""), recipe);
            throw new InputException(
                    "the recipe is not what the run was started with: "
                            + (keys.isEmpty() ? "its name or layout" : String.join("; ", keys)),
                    folder.recipeFile().toString(),
                    MEND);
        }
        List<String> changed = new ArrayList<>();
        data(before.data(), now.data(), changed);
        base(before.base(), now.base(), changed);
        template(before.template(), now.template(), changed);
        if (!changed.isEmpty()) {
            throw new InputException(
                    "not what the run was started with: " + String.join("; ", changed),
                    folder.recordFile().toString(),
                    MEND);
        }
    }

    private static void data(List<RunRecord.DataFile> before, List<RunRecord.DataFile> now, List<String> changed) {
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            RunRecord.DataFile was = before.get(i);
            RunRecord.DataFile is = now.get(i);
            add("data file " + is.path() + ", SHA-256", was.sha256(), is.sha256(), changed);
            if (was.sha256().equals(is.sha256()) && !was.equals(is)) {
                changed.add("data file " + is.path() + ": " + was.used() + " examples were used and " + was.dropped()
                        + " dropped, now " + is.used() + " and " + is.dropped());
            }
        }
        if (before.size() != now.size()) {
            changed.add(before.size() + " data files, now " + now.size());
        }
    }

    private static void base(RunRecord.BaseModel was, RunRecord.BaseModel is, List<String> changed) {
        String base = "base model " + is.path() + ", SHA-256 of ";
        add("base model", was.path(), is.path(), changed);
        add(base + "the configuration", was.configSha256(), is.configSha256(), changed);
        add(base + "the weights", was.weightsSha256(), is.weightsSha256(), changed);
        add(base + "the tokenizer", was.tokenizerSha256(), is.tokenizerSha256(), changed);
    }

    private static void template(
            RunRecord.@Nullable Template was, RunRecord.@Nullable Template is, List<String> changed) {
        String before = was == null ? "none" : was.name() + " " + was.sha256();
        String now = is == null ? "none" : is.name() + " " + is.sha256();
        add("chat template", before, now, changed);
    }

    private static void add(String what, String was, String is, List<String> changed) {
        if (!was.equals(is)) {
            changed.add(what + " was " + was + ", is " + is);
        }
    }
}

package org.tunebench.cli.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tunebench.cli.Models;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.eval.rating.ModelResponses;
import org.tunebench.eval.rating.RaterPrompt;
import org.tunebench.eval.rating.SheetExport;

/** Answers the rater prompts with each model and writes the blind sheets; the key goes beside their folder. */
public record RaterSheets(Device device, int maxNewTokens) {
    /**
     * @param models model folders, or {@code embedded}
     * @param names what the key calls them
     * @param folder for the sheets; the key is {@code <folder>-key.json} beside it
     */
    public SheetExport.Sheets write(
            Path prompts, List<String> models, List<String> names, SheetExport export, Path folder) {
        Path key = key(folder);
        SheetExport.requireFree(folder, key);
        List<RaterPrompt> asked = RaterPrompt.read(prompts);
        List<ModelResponses> responses = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            ModelFolder opened = Models.open(models.get(i));
            try (LanguageModel model = Models.load(opened, names.get(i), device)) {
                responses.add(ModelResponses.of(model, asked, true, maxNewTokens));
            }
        }
        return export.write(asked, responses, folder, key);
    }

    /** The key's place, beside the sheets' folder. */
    public static Path key(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-key.json");
    }
}

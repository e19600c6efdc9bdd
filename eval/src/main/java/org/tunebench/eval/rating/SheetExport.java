package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.Sha256;

/**
 * Writes blind sheets, a folder a rater with instructions, and apart from them the key that says which model wrote what.
 * Every rater sees every model equally often in every place, see {@link SheetLayout}. The same seed gives the same sheets.
 */
public record SheetExport(SheetDesign design, List<GoldItem> gold) {
    private static final int SET_LETTERS = 6;

    public SheetExport {
        gold = List.copyOf(gold);
        if (gold.stream().anyMatch(GoldItem::isPair) && design.pairwise() == 0) {
            throw new InputException(
                    "gold pairs, but no pairs are compared", "gold items", "Set pairwise to 1 or more");
        }
    }

    /** What was written. */
    public record Sheets(List<Path> files, Path key) {}

    /**
     * Writes the sheets and their key.
     *
     * @param folder for the sheets alone: nothing in it says which model wrote what
     * @param keyFile outside that folder
     * @throws InputException where a model left a prompt unanswered, two models share a name, the key would lie among the
     *     sheets, or there are sheets or a key already
     */
    public Sheets write(List<RaterPrompt> prompts, List<ModelResponses> models, Path folder, Path keyFile) {
        requireFree(folder, keyFile);
        check(prompts, models);
        SheetKey key = key(prompts, models);
        key.write(keyFile);
        List<Path> files = new ArrayList<>();
        for (int rater = 1; rater <= design.raters(); rater++) {
            RaterSheet sheet = sheet(key, "rater-" + rater);
            design.formats().stream()
                    .sorted()
                    .forEach(format -> files.addAll(format.writer().write(sheet, folder)));
            Path instructions = folder.resolve(sheet.rater()).resolve(Instructions.FILE);
            AtomicFiles.write(instructions, Instructions.text(!sheet.pairs().isEmpty()));
        }
        return new Sheets(files, keyFile);
    }

    private SheetKey key(List<RaterPrompt> prompts, List<ModelResponses> models) {
        List<SheetKey.Item> items = new ArrayList<>();
        for (RaterPrompt prompt : prompts) {
            for (ModelResponses model : models) {
                items.add(new SheetKey.Item(prompt.id(), prompt.prompt(), model.model(), response(model, prompt)));
            }
        }
        for (GoldItem known : gold) {
            if (known.response() != null) {
                items.add(new SheetKey.Item(known.id(), known.prompt(), null, known.response()));
            }
            if (known.chosen() != null && known.rejected() != null) {
                items.add(new SheetKey.Item(known.id(), known.prompt(), null, known.chosen()));
                items.add(new SheetKey.Item(known.id(), known.prompt(), null, known.rejected()));
            }
        }
        SheetLayout layout = new SheetLayout(design, prompts.size(), models.size(), gold);
        String set = set(items);
        return new SheetKey(SheetKey.SCHEMA, set, design.seed(), items, layout.rows(set));
    }

    /** Letters that differ between sets of sheets, so that a sheet is not read with another set's key. */
    private String set(List<SheetKey.Item> items) {
        String hash = Sha256.ofText(Json.text(List.of(items, design.order(), gold), false));
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < SET_LETTERS; i++) {
            letters.append((char) ('a' + Integer.parseInt(hash.substring(2 * i, 2 * i + 2), 16) % 26));
        }
        return letters.toString();
    }

    /** What a rater sees of the key. */
    static RaterSheet sheet(SheetKey key, String rater) {
        List<RaterSheet.Response> ratings = new ArrayList<>();
        List<RaterSheet.Pair> pairs = new ArrayList<>();
        for (SheetKey.Row row : key.rows()) {
            if (!row.rater().equals(rater)) {
                continue;
            }
            SheetKey.Item item = key.items().get(row.item());
            String prompt = SheetText.visible(item.prompt());
            if (row.other() == null) {
                ratings.add(new RaterSheet.Response(row.id(), prompt, shown(item)));
            } else {
                pairs.add(new RaterSheet.Pair(
                        row.id(), prompt, shown(item), shown(key.items().get(row.other()))));
            }
        }
        return new RaterSheet(key.set(), rater, ratings, pairs);
    }

    /** What says nothing says so. */
    static String shown(SheetKey.Item item) {
        String visible = SheetText.visible(item.response());
        return visible.isEmpty() ? "[empty response]" : visible;
    }

    private static String response(ModelResponses model, RaterPrompt prompt) {
        String response = model.responses().get(prompt.id());
        if (response == null) {
            throw new InputException(
                    "no response of model " + model.model() + " to prompt " + prompt.id(),
                    "sheets export",
                    "Answer every prompt with every model");
        }
        return response;
    }

    private void check(List<RaterPrompt> prompts, List<ModelResponses> models) {
        if (prompts.isEmpty() || models.isEmpty()) {
            throw new InputException(
                    prompts.size() + " prompts and " + models.size() + " models", "sheets export", "Give some of each");
        }
        if (models.size() < 2 && design.pairwise() > 0) {
            throw new InputException("pairs of one model", "sheets export", "Give two models or more, or pairwise 0");
        }
        Set<String> names = new HashSet<>();
        for (ModelResponses model : models) {
            if (!names.add(model.model())) {
                throw new InputException(
                        "two models named " + model.model(), "sheets export", "Give each its own name");
            }
        }
    }

    /**
     * Refuses places that {@link #write} would refuse; for before the models are asked.
     *
     * @throws InputException where the key would lie among the sheets, or something lies there already
     */
    public static void requireFree(Path folder, Path keyFile) {
        if (keyFile.toAbsolutePath()
                .normalize()
                .startsWith(folder.toAbsolutePath().normalize())) {
            throw new InputException(
                    "the key would lie among the sheets, where raters see it",
                    keyFile.toString(),
                    "Put it into another folder");
        }
        for (Path path : List.of(keyFile, folder)) {
            if (Files.exists(path) && !isEmptyFolder(path)) {
                throw new InputException(
                        "there is something already",
                        path.toString(),
                        "Name other places: filled sheets keep their key, and raters get nothing but sheets");
            }
        }
    }

    private static boolean isEmptyFolder(Path path) {
        try (Stream<Path> entries = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + path, e);
        }
    }
}

package org.tunebench.eval.rating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;

/**
 * Writes blind sheets, {@code rater-1.csv} and so on, with instructions, and apart from them the key that says which model wrote what. The
 * responses to one prompt stand together, prompts in a random order of each rater's own; from prompt to prompt the models
 * change places so that each stands equally often in each. Where fewer than all raters rate a response, each rater still
 * sees every model equally often. The same seed gives the same sheets.
 *
 * @param raters sheets to write
 * @param ratersEach raters who rate each response, at most {@code raters}
 */
public record SheetExport(int raters, int ratersEach, long seed) {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setQuoteMode(QuoteMode.ALL).get();
    private static final String INSTRUCTIONS = "instructions.txt";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public SheetExport {
        if (raters < 1 || ratersEach < 1 || ratersEach > raters) {
            throw new InputException(
                    raters + " raters, " + ratersEach + " for each response",
                    "sheets export",
                    "Take at least 1 rater, and from 1 to all of them for each response");
        }
    }

    /** What was written. */
    public record Sheets(List<Path> files, Path key) {}

    /**
     * Writes the sheets and their key.
     *
     * @param folder for the sheets alone: all of it may be given to raters
     * @param keyFile outside that folder
     * @throws InputException where a model left a prompt unanswered, two models share a name, the key would lie among the
     *     sheets, or there are sheets or a key already
     */
    public Sheets write(List<RaterPrompt> prompts, List<ModelResponses> models, Path folder, Path keyFile) {
        requireFree(folder, keyFile);
        check(prompts, models);
        List<SheetKey.Item> items = new ArrayList<>();
        for (RaterPrompt prompt : prompts) {
            for (ModelResponses model : models) {
                items.add(new SheetKey.Item(prompt.id(), prompt.prompt(), model.model(), response(model, prompt)));
            }
        }
        List<SheetKey.Row> rows = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        String mark = mark(items);
        for (int rater = 0; rater < raters; rater++) {
            List<Integer> order = order(rater, prompts.size(), models.size());
            List<SheetKey.Row> own = new ArrayList<>();
            for (int item : order) {
                String id = String.format("%s-%d-%03d", mark, rater + 1, own.size() + 1);
                own.add(new SheetKey.Row(id, name(rater), item));
            }
            rows.addAll(own);
            files.add(folder.resolve(name(rater) + ".csv"));
        }
        new SheetKey(SheetKey.SCHEMA, seed, items, rows).write(keyFile);
        for (int rater = 0; rater < raters; rater++) {
            String rated = name(rater);
            AtomicFiles.write(
                    files.get(rater),
                    sheet(rows.stream().filter(r -> r.rater().equals(rated)).toList(), items));
        }
        AtomicFiles.write(folder.resolve(INSTRUCTIONS), Dimension.instructions());
        return new Sheets(files, keyFile);
    }

    private static String name(int rater) {
        return "rater-" + (rater + 1);
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

    private static void check(List<RaterPrompt> prompts, List<ModelResponses> models) {
        if (prompts.isEmpty() || models.isEmpty()) {
            throw new InputException(
                    prompts.size() + " prompts and " + models.size() + " models", "sheets export", "Give some of each");
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

    /** Item indices, {@code prompt * models + model}, in the order of a rater's sheet. */
    private List<Integer> order(int rater, int prompts, int models) {
        Random random = new Random(seed * 1_000_003 + rater);
        List<Integer> promptOrder = shuffled(prompts, random);
        List<Integer> modelOrder = shuffled(models, random);
        List<Integer> order = new ArrayList<>();
        for (int block = 0; block < prompts; block++) {
            int prompt = promptOrder.get(block);
            for (int place = 0; place < models; place++) {
                int model = modelOrder.get((place + block) % models);
                if (Math.floorMod(rater - prompt - model, raters) < ratersEach) {
                    order.add(prompt * models + model);
                }
            }
        }
        return order;
    }

    private static List<Integer> shuffled(int n, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    /** Four letters that differ between sets of sheets, so that a sheet is not read with another set's key. */
    private String mark(List<SheetKey.Item> items) {
        int hash = 31 * items.hashCode() + Long.hashCode(seed);
        StringBuilder mark = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            mark.append((char) ('a' + Math.floorMod(hash, 26)));
            hash = Math.floorDiv(hash, 26);
        }
        return mark.toString();
    }

    /** White space around a response is left out; what says nothing says so. */
    private static String shown(String response) {
        return response.isBlank() ? "[empty response]" : SheetCell.of(response.strip());
    }

    private static String sheet(List<SheetKey.Row> rows, List<SheetKey.Item> items) {
        StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
        text.append(FORMAT.format(SheetColumns.headings().toArray())).append("\r\n");
        for (SheetKey.Row row : rows) {
            SheetKey.Item item = items.get(row.item());
            List<String> cells =
                    new ArrayList<>(List.of(row.id(), SheetCell.of(item.prompt()), shown(item.response())));
            cells.addAll(Collections.nCopies(Dimension.values().length + 1, ""));
            text.append(FORMAT.format(cells.toArray())).append("\r\n");
        }
        return text.toString();
    }
}

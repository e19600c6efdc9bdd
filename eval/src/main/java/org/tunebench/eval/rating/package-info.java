/**
 * Blind rating sheets out to people, ratings in. Start at {@link org.tunebench.eval.rating.SheetExport} and
 * {@link org.tunebench.eval.rating.SheetImport}:
 *
 * <pre>{@code
 * List<RaterPrompt> prompts = RaterPrompt.read(Path.of("prompts.jsonl"));
 * List<ModelResponses> models = List.of(
 *         ModelResponses.of(base, prompts, true, 256), ModelResponses.of(tuned, prompts, true, 256));
 * SheetExport export = new SheetExport(SheetDesign.of(3, 42), List.of());
 * SheetExport.Sheets sheets = export.write(prompts, models, Path.of("sheets"), Path.of("key.json"));
 * // raters fill in sheets/rater-1/rater-1.html, or .xlsx, or .csv
 * Ratings ratings = SheetImport.read(List.of(Path.of("back/rater-1.json")), Path.of("key.json"));
 * AtomicFiles.writeJson(Path.of("ratings.json"), ratings);
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.rating;

import org.jspecify.annotations.NullMarked;

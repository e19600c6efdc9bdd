/**
 * Blind rating sheets out to people, ratings in. Start at {@link org.tunebench.eval.rating.SheetExport} and
 * {@link org.tunebench.eval.rating.SheetImport}:
 *
 * <pre>{@code
 * List<RaterPrompt> prompts = RaterPrompt.read(Path.of("prompts.jsonl"));
 * List<ModelResponses> models = List.of(
 *         ModelResponses.of(base, prompts, true, 256), ModelResponses.of(tuned, prompts, true, 256));
 * SheetExport.Sheets sheets = new SheetExport(3, 3, 42).write(prompts, models, Path.of("sheets"), Path.of("key.json"));
 * // raters fill in sheets/rater-1.csv, …
 * Ratings ratings = SheetImport.read(sheets.files(), Path.of("key.json"));
 * AtomicFiles.writeJson(Path.of("ratings.json"), ratings);
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.rating;

import org.jspecify.annotations.NullMarked;

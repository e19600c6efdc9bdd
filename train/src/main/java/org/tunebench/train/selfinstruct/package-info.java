/**
 * Instruction data that a model makes from seed tasks: Self-Instruct (Wang et al. 2022, arXiv:2212.10560) and Alpaca's variant
 * of it (Taori et al. 2023), with their prompts, their decoding and their filters. Start at
 * {@link org.tunebench.train.selfinstruct.SelfInstruct}:
 *
 * <pre>{@code
 * SeedTasks seeds = SeedTasks.read(Path.of("seed_tasks.jsonl"));
 * SelfInstructSettings settings = SelfInstructSettings.of(Method.SELF_INSTRUCT).withTasks(100).withSeed(1);
 * Made made = SelfInstruct.make(seeds, settings, completer, Listener.NONE);
 * made.write(folder);   // tasks.jsonl, lineage.jsonl, summary.json
 * }</pre>
 *
 * <p>The {@link org.tunebench.train.selfinstruct.Completer} connects it to a model. The tasks follow from the seeds, the
 * settings and the model's answers alone: a completer that remembers its answers makes a run resumable.
 */
@NullMarked
package org.tunebench.train.selfinstruct;

import org.jspecify.annotations.NullMarked;

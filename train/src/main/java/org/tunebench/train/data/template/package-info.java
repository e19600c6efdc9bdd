/**
 * Phrasings of tasks: {@link org.tunebench.train.data.template.InstructionTemplates}.
 *
 * <pre>{@code
 * InstructionTemplates templates = InstructionTemplates.of(List.of("Translate: {text}", "{text}\n\nIn German, please."));
 * Filled filled = templates.fill(row, null, SeededRandom.of(1));
 * }</pre>
 */
@NullMarked
package org.tunebench.train.data.template;

import org.jspecify.annotations.NullMarked;

/**
 * Instruction data made of the tuned half of the facts: eight kinds of tasks, each asked in several ways. Start at {@link
 * org.tunebench.benchmarks.instructions.InstructionData}.
 */
@NullMarked
package org.tunebench.benchmarks.instructions;

import org.jspecify.annotations.NullMarked;

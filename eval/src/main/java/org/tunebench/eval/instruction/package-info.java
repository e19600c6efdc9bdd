/**
 * Instructions whose following can be checked by rule, as IFEval asks them:
 * {@link org.tunebench.eval.instruction.Instruction}.
 *
 * <pre>{@code
 * Instruction.Arguments three = Instruction.Arguments.of(Map.of("num_bullets", 3));
 * Instruction bullets = Instruction.of("detectable_format:number_bullet_lists", three);
 * boolean followed = bullets.isFollowed("* one\n* two\n- three"); // true
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.instruction;

import org.jspecify.annotations.NullMarked;

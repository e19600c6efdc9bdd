/**
 * Judges rate open answers from 1 to 10, by the single-answer grading of MT-Bench as FastChat does it (0e6d3e4). Start at
 * {@link org.tunebench.eval.judge.Judge}:
 *
 * <pre>{@code
 * Judge judge = new ReferenceJudge(); // or OpenAiJudge.fromEnvironment(System.getenv()), new CheckpointJudge(model, sha256)
 * Exchange exchange = new Exchange(List.of("What is the capital of France?"), List.of("Paris."), List.of("Paris"));
 * Judgment judgment = judge.judge(List.of(exchange)).get(0);
 * boolean full = judgment.rating() != null && judgment.rating() == 10;
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.judge;

import org.jspecify.annotations.NullMarked;

/**
 * Judges rate open answers from 1 to 10, and say which of two is better, by MT-Bench's single-answer grading and pairwise
 * comparison as FastChat does them (0e6d3e4). Start at {@link org.tunebench.eval.judge.Judge}:
 *
 * <pre>{@code
 * Judge judge = new ReferenceJudge(); // or OpenAiJudge.fromEnvironment(System.getenv()), RecordedJudge.read(file)
 * Exchange exchange = new Exchange("1", List.of("What is the capital of France?"), List.of("Paris."), List.of("Paris"));
 * Judgment judgment = judge.rate(List.of(exchange), JudgeRun.alone()).get(0);
 * boolean full = judgment.rating() != null && judgment.rating() == 10;
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.judge;

import org.jspecify.annotations.NullMarked;

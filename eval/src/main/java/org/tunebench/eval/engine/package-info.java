/**
 * Text requests put to a {@link org.tunebench.core.runtime.LanguageModel} by the rules of lm-evaluation-harness
 * (4e7e0d4): how a context and its continuation become tokens, what is cut when they are too long, where the
 * beginning-of-sequence token goes. Start at {@link org.tunebench.eval.engine.Engine}:
 *
 * <pre>{@code
 * Engine engine = new Engine(model, Progress.NONE);
 * List<Scored> choices = engine.score(List.of(
 *         new TextRequest("Q: What is 1 + 1?\nA:", " 2"),
 *         new TextRequest("Q: What is 1 + 1?\nA:", " 3")));
 * boolean right = choices.get(0).logLikelihood() > choices.get(1).logLikelihood();
 * List<Response> answers = engine.generate(List.of("Q: What is 1 + 1?\nA:"), GenerationOptions.greedy(8));
 * long tokens = engine.tokens();
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.engine;

import org.jspecify.annotations.NullMarked;

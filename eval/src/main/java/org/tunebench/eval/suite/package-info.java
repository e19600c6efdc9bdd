/**
 * The suites, one file each, and {@link org.tunebench.eval.suite.Evaluator}, which puts them to a model:
 *
 * <pre>{@code
 * Suite suite = Suites.find("mmlu"); // or the path of an own suite's YAML file
 * SuiteOptions options = SuiteOptions.of(Path.of("mmlu")).withShots(5).withLimit(20);
 * Evaluator evaluator = new Evaluator(List.of(new SuiteRequest(suite, options)), Progress.NONE);
 * Results results = evaluator.evaluate(model, Path.of("run"));
 * double accuracy = results.suites().get("mmlu").metrics().get("acc").value();
 * // run/results.json, run/samples/mmlu.jsonl
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.suite;

import org.jspecify.annotations.NullMarked;

/**
 * Where programs that a model wrote are run: {@link org.tunebench.eval.sandbox.Sandbox}. docs/sandbox.md says what it
 * defends against, how, and what it cannot.
 *
 * <pre>{@code
 * Sandbox sandbox = Sandbox.isolated(Limits.of(Duration.ofSeconds(3))); // refuses where there is no isolation
 * Program program = new Program("def one():\n", "    return 1\n", "def check(f):\n    assert f() == 1\n", "one");
 * Verdict verdict = sandbox.check(program);
 * boolean passed = verdict.outcome() == Verdict.Outcome.PASSED;
 * }</pre>
 */
@NullMarked
package org.tunebench.eval.sandbox;

import org.jspecify.annotations.NullMarked;

/**
 * What a recipe would teach, and what speaks against it, before anything is trained.
 *
 * <p>Start at {@link org.tunebench.train.check.DataCheck}, which looks on while a run's data are read. What it looks for, and
 * from which share on that warns or spoils a run, stands in one place: {@code Rule}.
 *
 * <pre>{@code
 * DataCheck check = new DataCheck(recipe, "base", suites);
 * Preparation prepared = Preparation.of(job, check);
 * System.out.println(check.record().spoils() ? check.record().of(Severity.SPOILS) : "nothing spoils the run");
 * }</pre>
 */
@NullMarked
package org.tunebench.train.check;

import org.jspecify.annotations.NullMarked;

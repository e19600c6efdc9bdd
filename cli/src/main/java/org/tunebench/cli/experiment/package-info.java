/**
 * An experiment: recipes × seeds × suites, planned, run, resumed, reported. Start at
 * {@link org.tunebench.cli.experiment.ExperimentRunner}.
 */
@NullMarked
package org.tunebench.cli.experiment;

import org.jspecify.annotations.NullMarked;

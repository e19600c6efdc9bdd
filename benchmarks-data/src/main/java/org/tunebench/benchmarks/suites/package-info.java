/**
 * The bundled suites, in the original file formats of the benchmarks that they are modelled on. Start at {@link
 * org.tunebench.benchmarks.suites.SuiteFiles}. Every question about a fact is about a held-out one, in a phrasing that the
 * instruction data never uses.
 */
@NullMarked
package org.tunebench.benchmarks.suites;

import org.jspecify.annotations.NullMarked;

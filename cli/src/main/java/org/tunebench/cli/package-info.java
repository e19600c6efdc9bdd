/**
 * The command line: one class a command, {@link org.tunebench.cli.Main} the entry. Exit codes: 0 done, 1 the work failed,
 * 2 the command line or an input file is wrong.
 */
@NullMarked
package org.tunebench.cli;

import org.jspecify.annotations.NullMarked;

/** What a run folder holds: the run record, training steps, results and samples, and the way files are written whole or not at all. */
@NullMarked
package org.tunebench.core.record;

import org.jspecify.annotations.NullMarked;

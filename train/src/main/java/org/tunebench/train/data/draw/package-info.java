/** Random choices that follow from a seed alone: {@link org.tunebench.train.data.draw.SeededRandom}. */
@NullMarked
package org.tunebench.train.data.draw;

import org.jspecify.annotations.NullMarked;

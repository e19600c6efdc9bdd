/** What a person gives Tunebench, and how it is refused: {@link org.tunebench.core.input.InputException} says what is wrong, where, and how to mend it. */
@NullMarked
package org.tunebench.core.input;

import org.jspecify.annotations.NullMarked;

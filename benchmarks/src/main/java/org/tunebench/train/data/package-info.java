/** Speed of the way from files to tokens. */
@NullMarked
package org.tunebench.train.data;

import org.jspecify.annotations.NullMarked;

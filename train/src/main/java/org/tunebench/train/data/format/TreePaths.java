package org.tunebench.train.data.format;

/** Which conversations of a message tree are taken. */
public enum TreePaths {
    /** One: at every turn the reply of the best rank, the first where there are no ranks. */
    BEST,
    /** Every path from the prompt to a last answer. */
    ALL
}

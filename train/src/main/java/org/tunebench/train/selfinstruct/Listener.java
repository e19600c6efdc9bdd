package org.tunebench.train.selfinstruct;

/** Hears how far the making is. */
@FunctionalInterface
public interface Listener {
    /** Hears nothing. */
    Listener NONE = (stage, done, total) -> {};

    /** @param stage instructions, classification or instances */
    void progress(String stage, int done, int total);
}

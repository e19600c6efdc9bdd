package org.tunebench.core.model;

/** A model architecture by its {@code model_type}: how config.json becomes a model of known size. */
interface Family {
    /** {@code model_type} in config.json. */
    String modelType();

    /**
     * Reads the keys of config.json this family knows. Keys left unread are refused by the caller.
     *
     * @throws org.tunebench.core.input.InputException for values the forward pass does not support
     */
    Architecture read(ConfigKeys keys);
}

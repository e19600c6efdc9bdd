package org.tunebench.cli;

import java.nio.file.Path;
import org.tunebench.benchmarks.EmbeddedData;
import org.tunebench.core.model.ModelFolder;

/** Model folders by the names people give them: a path, or {@code embedded}. */
public final class Models {
    private static final String EMBEDDED = "embedded";

    private Models() {}

    public static Path folder(String name) {
        return name.equals(EMBEDDED) ? EmbeddedData.baseModel() : Path.of(name);
    }

    /** Opens a model folder; an adapter's base may be {@code embedded} too. */
    public static ModelFolder open(String name) {
        return ModelFolder.open(folder(name), Models::folder);
    }

    /** How records call a model: {@code embedded}, or the folder's own name. */
    public static String label(String name, ModelFolder folder) {
        return name.equals(EMBEDDED) ? EMBEDDED : folder.name();
    }
}

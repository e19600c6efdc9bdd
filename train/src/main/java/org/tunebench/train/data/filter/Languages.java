package org.tunebench.train.data.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import opennlp.tools.langdetect.LanguageDetectorFactory;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Apache OpenNLP's language detector with the model that the project publishes for 103 languages: 26 MB, read once. */
final class Languages {
    private static final String MODEL = "/langdetect-183.bin";

    private Languages() {}

    /** A detector; one serves one thread. */
    static LanguageDetectorME detector() {
        return new LanguageDetectorME(Loaded.MODEL);
    }

    private static final class Loaded {
        static final LanguageDetectorModel MODEL = load();

        private static LanguageDetectorModel load() {
            try (InputStream resource = LanguageDetectorFactory.class.getResourceAsStream(Languages.MODEL)) {
                return new LanguageDetectorModel(Objects.requireNonNull(resource, Languages.MODEL));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the language detector's model", e);
            }
        }
    }
}

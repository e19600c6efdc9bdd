package org.tunebench.eval.instruction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import opennlp.tools.langdetect.LanguageDetectorFactory;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;

/** The models that Apache OpenNLP publishes, read once each; what is made of them serves one thread. */
final class Models {
    private Models() {}

    static LanguageDetectorME languages() {
        return new LanguageDetectorME(LanguageModel.READ);
    }

    static SentenceDetectorME sentences() {
        return new SentenceDetectorME(EnglishSentences.READ);
    }

    private static final class LanguageModel {
        static final LanguageDetectorModel READ = read("/langdetect-183.bin", LanguageDetectorModel::new);
    }

    private static final class EnglishSentences {
        static final SentenceModel READ = read("/opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin", SentenceModel::new);
    }

    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    private static <T> T read(String name, Reader<T> reader) {
        try (InputStream in = LanguageDetectorFactory.class.getResourceAsStream(name)) {
            return reader.read(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the model " + name, e);
        }
    }
}

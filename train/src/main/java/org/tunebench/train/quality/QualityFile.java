package org.tunebench.train.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.AtomicFiles;
import org.tunebench.core.record.Json;
import org.tunebench.core.record.RunEnvironment;
import org.tunebench.core.record.Sha256;
import org.tunebench.train.classifier.LinearClassifier;

/**
 * A quality model in one JSON file, with where it comes from: the labelled files and their hashes, the seed, the features'
 * version, the libraries, what it scored on held-out examples, and the classifier as Tribuo's protocol buffer.
 */
public final class QualityFile {
    private static final String FORMAT = "tunebench-quality-1";
    private static final String MEND = "Train it again: data quality train";

    private QualityFile() {}

    /** @param labelled the files that the model was trained on */
    public static void write(Path file, QualityModel.Trained trained, List<Path> labelled, long seed) {
        QualityModel model = trained.model();
        AtomicFiles.writeJson(
                file,
                new Content(
                        FORMAT,
                        QualityFeatures.VERSION,
                        labelled.stream()
                                .map(path -> Map.of("path", path.toString(), "sha256", Sha256.of(path)))
                                .toList(),
                        seed,
                        RunEnvironment.current("cpu").libraries(),
                        trained.report(),
                        model.calibration(),
                        model.classifier().provenance(),
                        Base64.getEncoder().encodeToString(model.classifier().toBytes())));
    }

    /** @throws InputException for a file that is missing, damaged, or of another version of the features */
    public static QualityModel read(Path file) {
        Content content = content(file);
        if (!FORMAT.equals(content.format)
                || content.featuresVersion != QualityFeatures.VERSION
                || content.calibration == null
                || content.classifier == null) {
            throw new InputException(
                    "no quality model of this version: format " + content.format + ", features version "
                            + content.featuresVersion + ", expected " + FORMAT + " and " + QualityFeatures.VERSION,
                    file.toString(),
                    MEND);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(content.classifier);
            return new QualityModel(LinearClassifier.fromBytes(bytes), content.calibration);
        } catch (IllegalArgumentException e) {
            throw new InputException("the quality model is damaged", file.toString(), MEND, e);
        }
    }

    private static Content content(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readString(file), Content.class);
        } catch (JsonProcessingException e) {
            throw new InputException("no quality model: malformed JSON", file.toString(), MEND, e);
        } catch (IOException e) {
            throw new InputException("cannot be read", file.toString(), "Check the path", e);
        }
    }

    private record Content(
            @Nullable String format,
            int featuresVersion,
            @Nullable List<Map<String, String>> data,
            long seed,
            @Nullable Map<String, String> libraries,
            @Nullable QualityReport heldOut,
            @Nullable Calibration calibration,
            @Nullable String trainer,
            @Nullable String classifier) {}
}

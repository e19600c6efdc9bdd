package org.tunebench.core.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The native ONNX Runtime of this process: the training build where its files are on the class path (Maven profile
 * {@code training-natives}), else the stock library inside the ai.onnxruntime jar. The choice is made by system properties
 * that are read once, when the first class of ai.onnxruntime is used, so every use starts here. A library named by such a
 * property from outside is left as it is.
 */
public final class NativeLibrary {
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final String FILE_PROPERTY = "onnxruntime.native.onnxruntime.path";

    /** Where JavaCPP's classifier jars hold the training build, for CUDA and for the CPU. */
    private static final List<String> TRAINING =
            List.of("/org/bytedeco/onnxruntime/linux-x86_64-gpu/", "/org/bytedeco/onnxruntime/linux-x86_64/");

    private static final String JNI = "libonnxruntime4j_jni.so";
    private static final String STOCK_JNI = "/ai/onnxruntime/native/linux-x64/" + JNI;

    /** Loaded by ONNX Runtime itself, from the folder of its library, when CUDA is asked for. */
    private static final List<String> PROVIDERS =
            List.of("libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so");

    private static final OrtEnvironment ENVIRONMENT = load();

    private NativeLibrary() {}

    /** The one environment of the process. */
    public static OrtEnvironment environment() {
        return ENVIRONMENT;
    }

    /** Whether the library has ONNX Runtime's training API; the stock one has not. */
    public static boolean canTrain() {
        return ENVIRONMENT.isTrainingEnabled();
    }

    private static OrtEnvironment load() {
        boolean named = System.getProperty(FOLDER_PROPERTY) != null || System.getProperty(FILE_PROPERTY) != null;
        String training = named ? null : trainingBuild();
        if (training == null) {
            return OrtEnvironment.getEnvironment();
        }
        try {
            Path folder = Files.createTempDirectory("onnxruntime-training");
            folder.toFile().deleteOnExit();
            Path library = extract(training + "libonnxruntime.so.1", folder.resolve("libonnxruntime.so"));
            Path jni = extract(STOCK_JNI, folder.resolve(JNI));
            for (String provider : PROVIDERS) {
                if (NativeLibrary.class.getResource(training + provider) != null) {
                    extract(training + provider, folder.resolve(provider))
                            .toFile()
                            .deleteOnExit();
                }
            }
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            Files.delete(library); // loaded: the files are no longer needed, and a killed process leaves none behind
            Files.delete(jni);
            return environment;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the training build of ONNX Runtime", e);
        }
    }

    private static @Nullable String trainingBuild() {
        return TRAINING.stream()
                .filter(folder -> NativeLibrary.class.getResource(folder + "libonnxruntime.so.1") != null)
                .findFirst()
                .orElse(null);
    }

    private static Path extract(String resource, Path file) throws IOException {
        try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            Files.copy(in, file);
        }
        return file;
    }
}

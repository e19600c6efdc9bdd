package org.tunebench.core.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;

/** What a session computes on. */
public enum Device {
    CPU,
    CUDA;

    private static final List<String> NAMES = List.of("auto", "cpu", "cuda");

    /** Signs of an NVIDIA driver: device nodes of Linux and of its Windows subsystem, the driver library of Windows. */
    private static final List<Path> DRIVER =
            List.of(Path.of("/dev/nvidiactl"), Path.of("/dev/dxg"), Path.of("C:\\Windows\\System32\\nvcuda.dll"));

    /**
     * The device of a {@code --device} option: {@code auto} is a GPU where one works, else the CPU. A missing GPU is found
     * without loading CUDA, which takes seconds.
     *
     * @throws InputException for {@code cuda} where it is not to be had, and for unknown names
     */
    public static Device of(String name) {
        KnownNames.require("device", name, NAMES, "--device");
        if (name.equals("cpu")) {
            return CPU;
        }
        String missing = Cuda.MISSING;
        if (name.equals("cuda") && !missing.isEmpty()) {
            throw new InputException(missing, "--device cuda", "Use --device cpu or auto");
        }
        return missing.isEmpty() ? CUDA : CPU;
    }

    /** {@code cpu} or {@code cuda}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands in the way of CUDA, found once. */
    private static final class Cuda {
        static final String MISSING = missing();

        private static String missing() {
            if (DRIVER.stream().noneMatch(Files::exists)) {
                return "no NVIDIA GPU or driver on this machine";
            }
            NativeLibrary.environment();
            if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                return "this build has the CPU-only ONNX Runtime";
            }
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.addCUDA();
                return "";
            } catch (OrtException e) {
                return "CUDA does not load (" + e.getMessage() + ")";
            }
        }
    }
}

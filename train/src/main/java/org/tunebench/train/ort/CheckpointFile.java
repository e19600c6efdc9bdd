package org.tunebench.train.ort;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.model.TensorSpec;
import org.tunebench.core.weights.FloatTensor;

/**
 * ONNX Runtime's on-device training checkpoint: a flatbuffer with identifier ODTC, version 2, after
 * onnxruntime/core/flatbuffers/schema/ort_training_checkpoint.fbs and ort.fbs of 1.28.
 */
final class CheckpointFile {
    /** Flatbuffers end at 2 GiB, and ONNX Runtime does not notice: what it writes beyond is corrupt. */
    static final long MOST_BYTES = 2_000_000_000L;

    /** A parameter and two moments. */
    static final int BYTES_A_PARAMETER = 3 * Float.BYTES;

    private static final String IDENTIFIER = "ODTC";
    private static final int VERSION = 2;
    private static final int FLOAT = 1;
    private static final String GROUP = "group0";
    private static final String FIRST_MOMENT = "momentum0";
    private static final String SECOND_MOMENT = "momentum1";

    // Checkpoint
    private static final int CHECKPOINT_VERSION = 0;
    private static final int MODULE_STATE = 1;
    private static final int OPTIMIZER_GROUPS = 2;
    // ModuleState
    private static final int REQUIRES_GRAD_PARAMS = 0;
    private static final int FROZEN_PARAMS = 1;
    private static final int HAS_EXTERNAL_DATA = 3;
    // OptimizerGroup
    private static final int GROUP_NAME = 0;
    private static final int STEP = 1;
    private static final int OPTIMIZER_STATES = 3;
    // ParameterOptimizerState
    private static final int PARAM_NAME = 0;
    private static final int MOMENTUMS = 1;
    // Tensor
    private static final int NAME = 0;
    private static final int DIMS = 2;
    private static final int DATA_TYPE = 3;
    private static final int RAW_DATA = 4;

    private CheckpointFile() {}

    static void write(Path file, SessionState state) throws IOException {
        long floats = state.parameters().stream()
                .mapToLong(t -> t.content().remaining())
                .sum();
        int capacity = Math.toIntExact(
                BYTES_A_PARAMETER * floats + 4096L * (state.parameters().size() + 1));
        FlatBufferBuilder b = new FlatBufferBuilder(capacity, new Direct());
        int[] parameters = new int[state.parameters().size()];
        int[] moments = new int[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            FloatTensor parameter = state.parameters().get(i);
            parameters[i] = tensor(b, parameter.name(), parameter);
            int first = tensor(b, FIRST_MOMENT, state.firstMoments().get(i));
            int second = tensor(b, SECOND_MOMENT, state.secondMoments().get(i));
            int name = b.createString(parameter.name());
            int both = b.createVectorOfTables(new int[] {first, second});
            b.startTable(2);
            b.addOffset(PARAM_NAME, name, 0);
            b.addOffset(MOMENTUMS, both, 0);
            moments[i] = b.endTable();
        }
        int trained = b.createVectorOfTables(parameters);
        int frozen = b.createVectorOfTables(new int[0]);
        b.startTable(4);
        b.addOffset(REQUIRES_GRAD_PARAMS, trained, 0);
        b.addOffset(FROZEN_PARAMS, frozen, 0);
        int module = b.endTable();

        int groupName = b.createString(GROUP);
        int states = b.createVectorOfTables(moments);
        b.startTable(4);
        b.addOffset(GROUP_NAME, groupName, 0);
        b.addLong(STEP, state.steps(), 0);
        b.addOffset(OPTIMIZER_STATES, states, 0);
        int groups = b.createVectorOfTables(new int[] {b.endTable()});

        b.startTable(4);
        b.addInt(CHECKPOINT_VERSION, VERSION, 0);
        b.addOffset(MODULE_STATE, module, 0);
        b.addOffset(OPTIMIZER_GROUPS, groups, 0);
        b.finish(b.endTable(), IDENTIFIER);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer content = b.dataBuffer();
            while (content.hasRemaining()) {
                channel.write(content);
            }
        }
    }

    private static int tensor(FlatBufferBuilder b, String name, FloatTensor tensor) {
        FloatBuffer content = tensor.content().duplicate();
        b.createUnintializedVector(1, content.remaining() * Float.BYTES, Float.BYTES)
                .asFloatBuffer()
                .put(content);
        int data = b.endVector();
        int text = b.createString(name);
        b.startVector(Long.BYTES, tensor.shape().size(), Long.BYTES);
        for (int i = tensor.shape().size() - 1; i >= 0; i--) {
            b.addLong(tensor.shape().get(i));
        }
        int dims = b.endVector();
        b.startTable(7);
        b.addOffset(NAME, text, 0);
        b.addOffset(DIMS, dims, 0);
        b.addInt(DATA_TYPE, FLOAT, 0);
        b.addOffset(RAW_DATA, data, 0);
        return b.endTable();
    }

    /**
     * Reads what ONNX Runtime has saved.
     *
     * @param specs the parameters in the order wanted
     */
    static SessionState read(Path file, List<TensorSpec> specs) throws IOException {
        ByteBuffer buffer;
        try (FileChannel channel = FileChannel.open(file)) {
            buffer = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        FlatTable checkpoint = FlatTable.root(buffer);
        FlatTable module = checkpoint.table(MODULE_STATE);
        if (module.flag(HAS_EXTERNAL_DATA)) {
            throw new IOException(file + " keeps its parameters in another file");
        }
        Map<String, FlatTable> parameters = new HashMap<>();
        module.tables(REQUIRES_GRAD_PARAMS).forEach(t -> parameters.put(t.text(NAME), t));
        Map<String, FlatTable> first = new HashMap<>();
        Map<String, FlatTable> second = new HashMap<>();
        FlatTable group = checkpoint.tables(OPTIMIZER_GROUPS).get(0);
        for (FlatTable state : group.tables(OPTIMIZER_STATES)) {
            for (FlatTable moment : state.tables(MOMENTUMS)) {
                (moment.text(NAME).equals(FIRST_MOMENT) ? first : second).put(state.text(PARAM_NAME), moment);
            }
        }
        return new SessionState(
                group.longValue(STEP), ordered(specs, parameters), ordered(specs, first), ordered(specs, second));
    }

    private static List<FloatTensor> ordered(List<TensorSpec> specs, Map<String, FlatTable> tensors)
            throws IOException {
        List<FloatTensor> ordered = new ArrayList<>();
        for (TensorSpec spec : specs) {
            FlatTable tensor = tensors.get(spec.name());
            if (tensor == null) {
                throw new IOException("the checkpoint has no " + spec.name());
            }
            ordered.add(new FloatTensor(
                    spec.name(), spec.shape(), tensor.bytes(RAW_DATA).asFloatBuffer()));
        }
        return ordered;
    }

    private static final class Direct extends FlatBufferBuilder.ByteBufferFactory {
        @Override
        public ByteBuffer newByteBuffer(int capacity) {
            return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}

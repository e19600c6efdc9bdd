import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tunebench.core.graph.DType;
import org.tunebench.core.graph.Graph;
import org.tunebench.core.graph.GraphBuilder;
import org.tunebench.core.graph.Shape;
import org.tunebench.core.graph.Value;
import org.tunebench.core.model.CheckpointFolder;
import org.tunebench.core.model.DecoderInputs;
import org.tunebench.core.model.KeyValues;
import org.tunebench.core.model.Masks;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.model.Storage;
import org.tunebench.core.model.Weights;
import org.tunebench.core.record.Json;
import org.tunebench.core.runtime.Device;
import org.tunebench.core.runtime.LanguageModel;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;
import org.tunebench.core.runtime.LanguageModel.ScoreRequest;
import org.tunebench.core.runtime.OnnxLanguageModel;
import org.tunebench.core.runtime.Session;

/** Tunebench's side of compare.py: a JSON request a line on standard input, a JSON answer a line on standard output. */
class OurSide {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private LanguageModel model;

    public static void main(String[] arguments) throws Exception {
        OurSide side = new OurSide();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            System.out.println(Json.text(side.answer(Json.MAPPER.readTree(line)), false));
            System.out.flush();
        }
    }

    private Map<String, Object> answer(JsonNode request) throws Exception {
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        Object result = switch (request.path("do").asText()) {
            case "open" -> open(Path.of(request.path("folder").asText()), request.path("use").asText());
            case "generate" -> generate(request);
            case "logits" -> logits(request);
            case "save" -> save(request);
            case "memory" -> memory();
            default -> throw new IllegalArgumentException(request.toString());
        };
        return Map.of("result", result, "seconds", (System.nanoTime() - start) / 1e9, "cpu_seconds",
                (PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }

    /** Opens a folder and makes its session, which is done at the first use: one token. */
    private Object open(Path folder, String use) {
        model = OnnxLanguageModel.open(ModelFolder.open(folder), Device.CPU);
        if (use.equals("score")) {
            model.score(List.of(new ScoreRequest(new int[] {1}, new int[] {1})));
        } else {
            model.generate(List.of(new int[] {1}), GenerationOptions.greedy(1));
        }
        return memory();
    }

    private Object generate(JsonNode request) {
        List<int[]> prompts = new ArrayList<>();
        request.path("prompts").forEach(p -> prompts.add(ints(p)));
        List<Generation> answers =
                model.generate(prompts, GenerationOptions.greedy(request.path("tokens").asInt()));
        return answers.stream().map(Generation::tokens).toList();
    }

    /** Writes the logits of every position of every text, float32, one after the other. */
    private static Object logits(JsonNode request) throws Exception {
        ModelFolder folder = ModelFolder.open(Path.of(request.path("folder").asText()));
        Graph graph = new Graph("logits");
        GraphBuilder b = new GraphBuilder(graph);
        Value ids = graph.input("ids", DType.INT64, Shape.of("batch", "time"));
        Value positions = graph.input("positions", DType.INT64, Shape.of("batch", "time"));
        Weights weights = folder.weights(b);
        Value mask = Masks.causal(b, b.zerosLike(ids), weights.type());
        DecoderInputs inputs = new DecoderInputs(ids, positions, mask, KeyValues.ownOnly());
        Value hidden = folder.architecture().hidden(b, weights, inputs);
        Value rows = b.reshape(hidden, Shape.of("rows", hidden.dim(2)));
        graph.output("logits", folder.architecture().logits(b, weights, rows));
        try (Session session = Session.open(graph, Device.CPU, folder.weightsRoot());
                var out = Files.newByteChannel(
                        Path.of(request.path("out").asText()),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.TRUNCATE_EXISTING,
                        java.nio.file.StandardOpenOption.WRITE)) {
            for (JsonNode text : request.path("texts")) {
                int[] tokens = ints(text);
                long[] place = new long[tokens.length];
                long[] wide = new long[tokens.length];
                for (int i = 0; i < tokens.length; i++) {
                    wide[i] = tokens[i];
                    place[i] = i;
                }
                float[] values = session.run(new Session.Feeds()
                                .longs("ids", wide, 1, tokens.length)
                                .longs("positions", place, 1, tokens.length))
                        .floats("logits");
                ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                out.write(bytes);
            }
        }
        return "written";
    }

    private static Object save(JsonNode request) {
        ModelFolder folder = ModelFolder.open(Path.of(request.path("folder").asText()));
        CheckpointFolder.writeWhole(Path.of(request.path("out").asText()), folder, Storage.FLOAT32);
        return "written";
    }

    /** Of this process, in MiB: highest resident memory so far, and now what is its own and what is files. */
    private static Map<String, Long> memory() {
        try {
            Map<String, Long> sizes = new java.util.TreeMap<>();
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.matches("(VmHWM|RssAnon|RssFile):.*")) {
                    sizes.put(line.split(":")[0], Long.parseLong(line.replaceAll("\\D", "")) / 1024);
                }
            }
            return sizes;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int[] ints(JsonNode array) {
        ArrayNode list = (ArrayNode) array;
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asInt();
        }
        return values;
    }
}

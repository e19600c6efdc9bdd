package org.tunebench.core.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.tunebench.core.model.ModelFolder;
import org.tunebench.core.runtime.LanguageModel.Generation;
import org.tunebench.core.runtime.LanguageModel.GenerationOptions;

/**
 * Generates when a line on standard input asks for it, for tools/generation_speed.py: {@code new tokens;prompt;prompt…}, a
 * prompt being ids with spaces; answers {@code seconds;tokens;tokens…}.
 */
final class GenerationWorker {
    private GenerationWorker() {}

    /** @param arguments the model folder */
    public static void main(String[] arguments) throws IOException {
        ModelFolder folder = ModelFolder.open(Path.of(arguments[0]));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LanguageModel model = OnnxLanguageModel.open(folder, Device.CPU)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(model, line));
            }
        }
    }

    private static String answer(LanguageModel model, String line) {
        List<String> parts = Arrays.asList(line.split(";"));
        int newTokens = Integer.parseInt(parts.get(0));
        List<int[]> prompts = new ArrayList<>();
        for (String prompt : parts.subList(1, parts.size())) {
            prompts.add(
                    Arrays.stream(prompt.split(" ")).mapToInt(Integer::parseInt).toArray());
        }
        GenerationOptions exactly = new GenerationOptions(newTokens, newTokens, Sampling.GREEDY, List.of(), List.of());
        long start = System.nanoTime();
        List<Generation> generations = model.generate(prompts, exactly);
        StringJoiner answer = new StringJoiner(";").add(Double.toString((System.nanoTime() - start) / 1e9));
        for (Generation generation : generations) {
            StringJoiner tokens = new StringJoiner(" ");
            Arrays.stream(generation.tokens()).forEach(t -> tokens.add(Integer.toString(t)));
            answer.add(tokens.toString());
        }
        return answer.toString();
    }
}

package org.tunebench.eval.rating;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.SampleRecord;

/**
 * What models answered when a suite was run, to be rated by people: then a judge's ratings of the same answers can be held
 * against theirs. Of conversations the first turn is taken, since later ones depend on what was answered before.
 */
public record RecordedResponses(List<RaterPrompt> prompts, List<ModelResponses> models) {

    /**
     * Reads run folders.
     *
     * @param limit prompts at most
     * @throws InputException where the runs have no answers of the suite in common
     */
    public static RecordedResponses read(List<Path> runs, String suite, int limit) {
        List<Map<String, SampleRecord>> answered = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path run : runs) {
            RunFolder folder = RunFolder.open(run);
            names.add(folder.readRecord().name());
            answered.add(answers(folder, suite, run));
        }
        Set<String> common = new LinkedHashSet<>(answered.get(0).keySet());
        answered.forEach(own ->
                common.removeIf(id -> !own.containsKey(id) || !prompt(own, id).equals(prompt(answered.get(0), id))));
        if (common.isEmpty()) {
            throw new InputException(
                    "the runs answered no prompt of " + suite + " in common",
                    runs.toString(),
                    "Name runs of the same suite with the same items");
        }
        Set<String> taken = common.stream().limit(limit).collect(Collectors.toCollection(LinkedHashSet::new));
        List<ModelResponses> models = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Map<String, String> responses = new LinkedHashMap<>();
            answered.get(i).forEach((id, sample) -> {
                if (taken.contains(id)) {
                    responses.put(id, String.valueOf(sample.response()));
                }
            });
            models.add(new ModelResponses(names.get(i), responses));
        }
        return new RecordedResponses(
                taken.stream()
                        .map(id -> new RaterPrompt(id, prompt(answered.get(0), id)))
                        .toList(),
                models);
    }

    private static String prompt(Map<String, SampleRecord> answers, String id) {
        SampleRecord sample = answers.get(id);
        return sample == null || sample.prompt() == null ? "" : sample.prompt();
    }

    private static Map<String, SampleRecord> answers(RunFolder folder, String suite, Path run) {
        if (!folder.samplesFiles().containsKey(suite)) {
            throw new InputException(
                    "no samples of suite '" + suite + "'",
                    run.toString(),
                    "Name one of " + folder.samplesFiles().keySet());
        }
        Map<String, SampleRecord> answers = new LinkedHashMap<>();
        try (Stream<SampleRecord> samples = folder.samples(suite)) {
            samples.filter(s -> s.response() != null
                            && s.prompt() != null
                            && !s.prompt().isBlank())
                    .filter(s -> !s.id().matches(".*/([2-9]|[1-9][0-9]+)"))
                    .forEach(s -> answers.put(s.id(), s));
        }
        return answers;
    }
}

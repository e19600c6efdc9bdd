package org.tunebench.reports.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Results;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.RunRecord;
import org.tunebench.core.record.StepRecord;
import org.tunebench.core.record.SuiteResult;

/**
 * A run as read from its folder, without its samples.
 *
 * @param name unique in the experiment
 * @param suites suite name → results, in the order of results.json; empty where nothing was scored
 * @param recipe every setting by its dotted key, e.g. {@code optimizer.learning_rate}; empty for a base model
 */
public record Run(
        String name,
        RunFolder folder,
        RunRecord record,
        Map<String, SuiteResult> suites,
        List<StepRecord> steps,
        Map<String, String> recipe) {
    private static final ObjectReader YAML =
            new YAMLMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static Run read(Path path) {
        RunFolder folder = RunFolder.open(path);
        RunRecord record = folder.readRecord();
        return new Run(
                record.name(),
                folder,
                record,
                folder.readResults().map(Results::suites).orElse(Map.of()),
                folder.readSteps(),
                readRecipe(folder));
    }

    Run renamed(String other) {
        return new Run(other, folder, record, suites, steps, recipe);
    }

    /** Whether it scored a model that was not tuned here. */
    public boolean isBaseline() {
        return record.recipe() == null;
    }

    private static Map<String, String> readRecipe(RunFolder folder) {
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            JsonNode tree = YAML.readTree(folder.readRecipe().orElse("{}"));
            flatten("", tree, settings);
        } catch (JsonProcessingException e) {
            throw new InputException(
                    "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""),
                    folder.recipeFile() + " line " + e.getLocation().getLineNr(),
                    "Make the run again, or restore the file",
                    e);
        }
        return Collections.unmodifiableMap(settings);
    }

    private static void flatten(String key, JsonNode node, Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), settings));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(key + "[" + i + "]", node.get(i), settings);
            }
        } else {
            settings.put(
                    key,
                    node.isBigDecimal()
                            ? node.decimalValue().stripTrailingZeros().toPlainString()
                            : node.asText());
        }
    }
}

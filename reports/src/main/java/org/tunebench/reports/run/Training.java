package org.tunebench.reports.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.DataComposition;
import org.tunebench.core.record.EvaluationRecord;
import org.tunebench.core.record.RunFolder;
import org.tunebench.core.record.StepRecord;

/**
 * How a run was trained; everything is empty where it was not.
 *
 * @param recipe every setting by its dotted key, e.g. {@code optimizer.learning_rate}
 * @param composition what its steps were made of
 */
public record Training(
        List<StepRecord> steps,
        List<EvaluationRecord> evaluations,
        Map<String, String> recipe,
        List<DataComposition.Part> composition) {
    /** Of a model that was not trained here. */
    public static final Training NONE = new Training(List.of(), List.of(), Map.of(), List.of());

    private static final ObjectReader YAML =
            new YAMLMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static Training read(RunFolder folder) {
        return new Training(
                folder.readSteps(),
                folder.readEvaluations(),
                readRecipe(folder),
                folder.readComposition().map(DataComposition::parts).orElse(List.of()));
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

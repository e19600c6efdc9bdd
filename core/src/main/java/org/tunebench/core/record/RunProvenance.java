package org.tunebench.core.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.HashType;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run's inputs as an OLCUT provenance, the form in which Tribuo's models and evaluations carry theirs. run.json holds it
 * marshalled under {@code provenance}, so that a Tribuo program can read it back with {@link JsonProvenanceSerialization}.
 */
public final class RunProvenance implements ObjectProvenance {
    private static final long serialVersionUID = 1L;
    private static final String TRAINED_OR_SCORED = "org.tunebench.run";

    private final transient Map<String, Provenance> parts;

    /** Called by OLCUT when it reads a marshalled provenance. */
    public RunProvenance(Map<String, Provenance> parts) {
        this.parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    /** The provenance of a run. */
    public static RunProvenance of(RunRecord run) {
        Map<String, Provenance> parts = new TreeMap<>();
        parts.put(CLASS_NAME, new StringProvenance(CLASS_NAME, TRAINED_OR_SCORED));
        parts.put("name", new StringProvenance("name", run.name()));
        parts.put("start", new DateTimeProvenance("start", run.start().atOffset(ZoneOffset.UTC)));
        parts.put("device", new StringProvenance("device", run.environment().device()));
        if (run.environment().gitCommit() != null) {
            parts.put(
                    "git-commit",
                    new StringProvenance("git-commit", run.environment().gitCommit()));
        }
        if (run.recipe() != null) {
            parts.put("recipe", named(run.recipe().name(), run.recipe().sha256()));
        }
        if (run.template() != null) {
            parts.put("template", named(run.template().name(), run.template().sha256()));
        }
        parts.put("base", base(run.base()));
        parts.put(
                "data",
                new ListProvenance<>(
                        run.data().stream().map(RunProvenance::data).toList()));
        Map<String, LongProvenance> seeds = new TreeMap<>();
        run.seeds().forEach((name, seed) -> seeds.put(name, new LongProvenance(name, seed)));
        parts.put("seeds", new MapProvenance<>(seeds));
        return new RunProvenance(parts);
    }

    /** The marshalled form, as a JSON array. */
    JsonNode marshalled() {
        try {
            return Json.MAPPER.readTree(new JsonProvenanceSerialization(false).marshalAndSerialize(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("OLCUT wrote something that is not JSON", e);
        }
    }

    private static MapProvenance<Provenance> named(String name, String sha256) {
        return new MapProvenance<>(
                Map.of("name", new StringProvenance("name", name), "sha256", sha256("sha256", sha256)));
    }

    private static MapProvenance<Provenance> base(RunRecord.BaseModel base) {
        return new MapProvenance<>(Map.of(
                "name",
                new StringProvenance("name", base.name()),
                "path",
                new StringProvenance("path", base.path()),
                "config",
                sha256("config", base.configSha256()),
                "weights",
                sha256("weights", base.weightsSha256()),
                "tokenizer",
                sha256("tokenizer", base.tokenizerSha256()),
                "parameters",
                new LongProvenance("parameters", base.parameters())));
    }

    private static MapProvenance<Provenance> data(RunRecord.DataFile file) {
        return new MapProvenance<>(Map.of(
                "path", new StringProvenance("path", file.path()),
                "format", new StringProvenance("format", file.format()),
                "sha256", sha256("sha256", file.sha256()),
                "used", new LongProvenance("used", file.used())));
    }

    private static HashProvenance sha256(String key, String hex) {
        return new HashProvenance(HashType.SHA256, key, hex);
    }

    @Override
    public String getClassName() {
        return TRAINED_OR_SCORED;
    }

    @Override
    public Iterator<Pair<String, Provenance>> iterator() {
        return parts.entrySet().stream()
                .map(part -> new Pair<>(part.getKey(), part.getValue()))
                .iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunProvenance that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return generateString("Run");
    }
}

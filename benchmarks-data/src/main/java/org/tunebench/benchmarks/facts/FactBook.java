package org.tunebench.benchmarks.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All facts, split into a tuned and a held-out half, with the ways to say them.
 *
 * <p>The split is made relation by relation: facts with a lure are held out first (the truthfulness suite asks for them),
 * then others by a fixed shuffle until half of the relation is held out.
 */
public final class FactBook {
    /** The tables, in the order in which everything generated goes through them. */
    public static final List<String> AREAS = List.of(
            "geography",
            "economics",
            "chemistry",
            "biology",
            "astronomy",
            "mathematics",
            "measurement",
            "calendar",
            "language",
            "history",
            "colours",
            "everyday_life");

    private static final long SPLIT_SEED = 20;

    private final List<Fact> facts;
    private final Phrasings phrasings;
    private final Set<Fact> heldOut = new HashSet<>();

    private FactBook(List<Fact> facts, Phrasings phrasings) {
        this.facts = List.copyOf(facts);
        this.phrasings = phrasings;
        byRelation().values().forEach(this::split);
    }

    /** Reads the tables, {@code relations.yaml} and {@code phrasings.yaml} of a folder. */
    public static FactBook read(Path folder) {
        YAMLMapper yaml = new YAMLMapper();
        try {
            Map<String, RelationWords> words = yaml.readValue(
                    folder.resolve("relations.yaml").toFile(),
                    new TypeReference<LinkedHashMap<String, RelationWords>>() {});
            Map<String, Relation> relations = new LinkedHashMap<>();
            words.forEach((id, w) ->
                    relations.put(id, new Relation(id, w.asks == null ? "What" : w.asks, w.nounPhrases, w.own)));
            List<Fact> facts = new ArrayList<>();
            for (String area : AREAS) {
                facts.addAll(FactTable.read(folder.resolve(area + ".tsv"), area, relations));
            }
            return new FactBook(
                    facts, yaml.readValue(folder.resolve("phrasings.yaml").toFile(), Phrasings.class));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the facts in " + folder, e);
        }
    }

    public List<Fact> facts() {
        return facts;
    }

    public Phrasings phrasings() {
        return phrasings;
    }

    /** The half that instruction data is made of, in file order. */
    public List<Fact> tuned() {
        return facts.stream().filter(f -> !heldOut.contains(f)).toList();
    }

    /** The half that only suites ask for, in file order. */
    public List<Fact> heldOut() {
        return facts.stream().filter(heldOut::contains).toList();
    }

    /**
     * Wrong answers to a fact that look right: its lure first, then other objects of the same relation.
     *
     * @return {@code count} different texts, fewer where the relation has fewer objects
     */
    public List<String> distractors(Fact fact, int count, Random random) {
        Set<String> others = new LinkedHashSet<>();
        facts.stream().filter(f -> f.relation().equals(fact.relation())).forEach(f -> others.add(f.object()));
        others.remove(fact.object());
        List<String> shuffled = new ArrayList<>(others);
        Collections.shuffle(shuffled, random);
        Set<String> chosen = new LinkedHashSet<>();
        fact.lure().ifPresent(chosen::add);
        chosen.addAll(shuffled);
        return chosen.stream().limit(count).toList();
    }

    private Map<String, List<Fact>> byRelation() {
        Map<String, List<Fact>> groups = new LinkedHashMap<>();
        facts.forEach(f -> groups.computeIfAbsent(f.relation().id(), id -> new ArrayList<>())
                .add(f));
        return groups;
    }

    private void split(List<Fact> relation) {
        List<Fact> order = new ArrayList<>(relation);
        Collections.shuffle(
                order, new Random(SPLIT_SEED + relation.get(0).relation().id().hashCode()));
        int half = relation.size() / 2;
        order.stream().filter(f -> f.lure().isPresent()).forEach(heldOut::add);
        int left = half - (int) order.stream().filter(f -> f.lure().isPresent()).count();
        order.stream().filter(f -> f.lure().isEmpty()).limit(Math.max(0, left)).forEach(heldOut::add);
    }

    /** An entry of {@code relations.yaml}. */
    private record RelationWords(
            @Nullable String asks,
            @JsonProperty("noun_phrases") List<String> nounPhrases,
            List<String> own) {}
}

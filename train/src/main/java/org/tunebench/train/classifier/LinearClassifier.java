package org.tunebench.train.classifier;

import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.Transformation;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * Multinomial logistic regression: p(label) ∝ exp(w_label · features), fitted by Tribuo with AdaGrad. The same instances in
 * the same order and the same seed give the same weights.
 */
public final class LinearClassifier {
    /** Held strongly: a logger without a reference forgets its level. Tribuo reports every training as news. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private static final LabelFactory LABELS = new LabelFactory();
    private static final double RATE = 0.1;
    private static final int BATCH = 16;
    /** A feature of fewer instances is left out. */
    private static final int FEWEST = 3;

    private static final String ALWAYS = "always";

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final Model<Label> model;

    private LinearClassifier(Model<Label> model) {
        this.model = model;
    }

    /**
     * Fits a classifier.
     *
     * @param instances of two labels at least
     * @param standardised the features that are brought to mean 0 and deviation 1, and left out where they have no
     *     deviation; the others stay as they are
     * @param epochs passes over the instances
     * @param seed orders them
     */
    public static LinearClassifier train(List<Instance> instances, Set<String> standardised, int epochs, long seed) {
        if (instances.stream().map(Instance::label).distinct().count() < 2) {
            throw new IllegalArgumentException("a classifier needs instances of two labels at least");
        }
        SimpleDataSourceProvenance source = new SimpleDataSourceProvenance(
                "labelled instances", OffsetDateTime.ofInstant(java.time.Instant.EPOCH, ZoneOffset.UTC), LABELS);
        Set<String> useless = constant(instances, standardised);
        useless.addAll(rare(instances));
        MutableDataset<Label> dataset = new MutableDataset<>(source, LABELS);
        for (Instance instance : instances) {
            Map<String, Double> varying = new HashMap<>(instance.features());
            varying.keySet().removeAll(useless);
            dataset.add(example(varying, new Label(instance.label())));
        }
        Trainer<Label> trainer =
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(RATE), epochs, Integer.MAX_VALUE, BATCH, seed);
        if (!standardised.isEmpty()) {
            Map<String, List<Transformation>> byName = new HashMap<>();
            standardised.stream()
                    .filter(name -> !useless.contains(name))
                    .forEach(name -> byName.put(name, List.of(new MeanStdDevTransformation())));
            trainer = new TransformTrainer<>(trainer, new TransformationMap(byName));
        }
        return new LinearClassifier(trainer.train(dataset));
    }

    /** Features of too few instances to learn anything from. */
    private static Set<String> rare(List<Instance> instances) {
        Map<String, Integer> counts = new HashMap<>();
        instances.forEach(i -> i.features().keySet().forEach(name -> counts.merge(name, 1, Integer::sum)));
        counts.values().removeIf(n -> n >= FEWEST);
        return counts.keySet();
    }

    /** Those of the named features that have the same value everywhere. */
    private static Set<String> constant(List<Instance> instances, Set<String> names) {
        Set<String> constant = new HashSet<>(names);
        constant.removeIf(name -> instances.stream()
                        .map(i -> i.features().getOrDefault(name, 0.0))
                        .distinct()
                        .limit(2)
                        .count()
                == 2);
        return constant;
    }

    /** Label → probability; they sum to 1. */
    public Map<String, Double> probabilities(Map<String, Double> features) {
        Prediction<Label> prediction = model.predict(example(features, LabelFactory.UNKNOWN_LABEL));
        Map<String, Double> probabilities = new TreeMap<>();
        prediction.getOutputScores().forEach((label, score) -> probabilities.put(label, score.getScore()));
        return probabilities;
    }

    /** The probability of one label; 0 of a label that was not learned. */
    public double probability(String label, Map<String, Double> features) {
        return probabilities(features).getOrDefault(label, 0.0);
    }

    /** Tribuo's own record of how the model came about: trainer, settings, data sizes, versions. */
    public String provenance() {
        return ProvenanceUtil.formattedProvenanceString(model.getProvenance());
    }

    /** The model as Tribuo's protocol buffer. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            model.serializeToStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException for bytes that hold no such model */
    public static LinearClassifier fromBytes(byte[] bytes) {
        try {
            return new LinearClassifier(
                    Model.deserializeFromStream(new ByteArrayInputStream(bytes)).castModel(Label.class));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the classifier's bytes are damaged", e);
        }
    }

    private static ArrayExample<Label> example(Map<String, Double> features, Label label) {
        String[] names = new String[features.size() + 1];
        double[] values = new double[names.length];
        int i = 0;
        for (Map.Entry<String, Double> feature : features.entrySet()) {
            names[i] = feature.getKey();
            values[i++] = feature.getValue();
        }
        names[i] = ALWAYS;
        values[i] = 1;
        return new ArrayExample<>(label, names, values);
    }
}

package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.MutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelConfusionMatrix;
import org.tribuo.impl.ArrayExample;
import org.tunebench.core.record.SampleRecord;

/**
 * Which choice was taken where which was right: Tribuo's {@link LabelConfusionMatrix} over the choices' positions. It shows
 * a model that always answers with the same letter.
 *
 * @param labels the choices' positions, as letters from A
 * @param counts {@code [target][prediction]}
 */
record Confusion(List<String> labels, List<List<Integer>> counts) {
    /** Over samples whose prediction and target are indices below {@code choices}. */
    static Confusion of(List<SampleRecord> samples, int choices) {
        List<Label> labels = new ArrayList<>();
        MutableOutputInfo<Label> domain = new LabelFactory().generateInfo();
        for (int i = 0; i < choices; i++) {
            labels.add(new Label(letter(i)));
            domain.observe(labels.get(i));
        }
        List<Prediction<Label>> predictions = new ArrayList<>();
        for (SampleRecord sample : samples) {
            if (sample.prediction() instanceof Integer taken && sample.target() instanceof Integer right) {
                predictions.add(new Prediction<>(labels.get(taken), 0, new ArrayExample<>(labels.get(right))));
            }
        }
        LabelConfusionMatrix matrix = new LabelConfusionMatrix(domain.generateImmutableOutputInfo(), predictions);
        List<List<Integer>> counts = labels.stream()
                .map(right -> labels.stream()
                        .map(taken -> (int) matrix.confusion(taken, right))
                        .toList())
                .toList();
        return new Confusion(labels.stream().map(Label::getLabel).toList(), counts);
    }

    /** By group; one entry {@code all} where there are no groups. */
    static Map<String, Confusion> byGroup(List<SampleRecord> samples, int choices) {
        Map<String, Confusion> all = new LinkedHashMap<>();
        all.put("all", of(samples, choices));
        Summary.byGroup(samples).forEach((group, own) -> all.put(group, of(own, choices)));
        return all;
    }

    private static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : String.valueOf(index);
    }
}

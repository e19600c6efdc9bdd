package org.tunebench.train.classifier;

import java.util.Map;

/**
 * One labelled thing to learn from.
 *
 * @param features name → value; names that are left out are 0
 */
public record Instance(Map<String, Double> features, String label) {}

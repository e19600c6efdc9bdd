package org.tunebench.core.record;

import java.util.Map;

/** The content of results.json: every suite's numbers for one model. */
public record Results(int schema, String model, Map<String, SuiteResult> suites) {
    /** The schema this code writes and reads. */
    public static final int SCHEMA = 1;
}

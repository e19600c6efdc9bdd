package org.tunebench.eval.suite;

/** A suite and how to run it. */
public record SuiteRequest(Suite suite, SuiteOptions options) {}

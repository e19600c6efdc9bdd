package org.tunebench.core.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlChangesTest {
    @Test
    void between_changedAddedAndRemovedKeys_namesEachWithBothValues() {
        String before = "optimizer: {learning_rate: 0.01, eps: 1.0e-8}\ndata: [{path: a.jsonl}]\nsteps: 25\n";
        String now = "# a comment\ndata: [{path: b.jsonl}, {path: c.jsonl}]\noptimizer: {eps: 1.0e-8}\nsteps: 25\n";
        assertThat(YamlChanges.between(before, now))
                .containsExactly(
                        "data[0].path was a.jsonl, is b.jsonl",
                        "data[1].path was not there, is c.jsonl",
                        "optimizer.learning_rate was 0.01, is not there");
    }

    @Test
    void between_otherOrderAndComments_isNothing() {
        assertThat(YamlChanges.between("a: 1\nb: {c: x}\n", "b:\n  c: x  # same\na: 1\n"))
                .isEmpty();
    }
}

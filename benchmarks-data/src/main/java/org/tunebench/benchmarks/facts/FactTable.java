package org.tunebench.benchmarks.facts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tunebench.core.input.InputException;
import org.tunebench.core.input.KnownNames;

/** Reads one tab-separated table of facts: subject, relation, object, lure (which may be empty), under a header line. */
final class FactTable {
    private static final String HEADER = "subject\trelation\tobject\tlure";

    private FactTable() {}

    static List<Fact> read(Path file, String area, Map<String, Relation> relations) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new InputException("no header", file + " line 1", "Start with subject, relation, object, lure");
        }
        List<Fact> facts = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 1; i < lines.size(); i++) {
            String where = file + " line " + (i + 1);
            String[] cells = lines.get(i).split("\t", -1);
            if (cells.length != 4) {
                throw new InputException(
                        cells.length + " columns, expected 4 (subject, relation, object, lure)", where, "Part by tabs");
            }
            Relation relation = relations.get(cells[1]);
            if (relation == null) {
                throw KnownNames.unknown("relation", cells[1], relations.keySet(), where);
            }
            Optional<String> lure = cells[3].isEmpty() ? Optional.empty() : Optional.of(cells[3]);
            Fact fact = new Fact(area, cells[0], relation, cells[2], lure);
            if (!ids.add(fact.id())) {
                throw new InputException("a second fact " + fact.id(), where, "Keep one: every fact has one answer");
            }
            facts.add(fact);
        }
        return facts;
    }
}

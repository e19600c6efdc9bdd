package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.core.input.InputException;

final class FactsTest {
    private static final FactBook BOOK =
            FactBook.read(EmbeddedData.open().folder().resolve("facts"));

    @Test
    void facts_areManyInManyRelations() {
        assertThat(BOOK.facts()).hasSizeGreaterThanOrEqualTo(850);
        assertThat(BOOK.facts().stream().map(f -> f.relation().id()).distinct()).hasSizeGreaterThanOrEqualTo(17);
    }

    @Test
    void facts_giveEachSubjectOneObjectInARelation() {
        Map<String, String> objects = new HashMap<>();
        for (Fact fact : BOOK.facts()) {
            assertThat(objects.put(fact.id(), fact.object())).as(fact.id()).isNull();
        }
    }

    @Test
    void facts_areStatedInTwentySevenDifferentWays() {
        for (Fact fact : BOOK.facts()) {
            List<String> statements = BOOK.phrasings().statementsOf(fact);
            assertThat(statements).as(fact.id()).hasSize(27).doesNotHaveDuplicates();
            assertThat(statements)
                    .allSatisfy(s -> assertThat(s).doesNotContain("{").containsIgnoringCase(fact.object()));
        }
    }

    @Test
    void noPhrase_isSharedByTwoFactsWithDifferentObjects() {
        Map<String, String> answers = new HashMap<>();
        for (Fact fact : BOOK.facts()) {
            for (String question : BOOK.phrasings().questionsOf(fact, List.of("{np}"))) {
                String other = answers.put(question, fact.object());
                assertThat(other == null || other.equals(fact.object()))
                        .as(question)
                        .isTrue();
            }
        }
    }

    @Test
    void split_holdsOutAboutHalfAndEveryLure() {
        Set<Fact> tuned = new HashSet<>(BOOK.tuned());
        assertThat(BOOK.heldOut()).hasSizeGreaterThanOrEqualTo(400).doesNotContainAnyElementsOf(tuned);
        assertThat(tuned.size() + BOOK.heldOut().size()).isEqualTo(BOOK.facts().size());
        assertThat(tuned).allSatisfy(f -> assertThat(f.lure()).isEmpty());
    }

    @Test
    void distractors_areWrongAndStartWithTheLure() {
        for (Fact fact : BOOK.heldOut()) {
            List<String> wrong = BOOK.distractors(fact, 3, new Random(1));
            assertThat(wrong).as(fact.id()).hasSize(3).doesNotHaveDuplicates().doesNotContain(fact.object());
            fact.lure().ifPresent(lure -> assertThat(wrong).startsWith(lure));
        }
    }

    @Test
    void table_withUnknownRelation_isRefusedWithItsLine(@TempDir Path folder) throws IOException {
        Path facts = EmbeddedData.open().folder().resolve("facts");
        for (String name : List.of("relations.yaml", "phrasings.yaml")) {
            Files.copy(facts.resolve(name), folder.resolve(name));
        }
        Files.writeString(
                folder.resolve("geography.tsv"), "subject\trelation\tobject\tlure\nFrance\tcapitol\tParis\t\n");
        assertThatThrownBy(() -> FactBook.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("geography.tsv line 2: unknown relation 'capitol'")
                .hasMessageContaining("Did you mean 'capital'?");
    }
}

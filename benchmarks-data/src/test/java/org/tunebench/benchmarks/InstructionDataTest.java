package org.tunebench.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tunebench.benchmarks.facts.Fact;
import org.tunebench.benchmarks.facts.FactBook;
import org.tunebench.benchmarks.facts.Phrasings;
import org.tunebench.benchmarks.instructions.Example;
import org.tunebench.benchmarks.instructions.InstructionData;
import org.tunebench.train.category.Category;

final class InstructionDataTest {
    private static final FactBook BOOK =
            FactBook.read(EmbeddedData.open().folder().resolve("facts"));
    private static final InstructionData DATA =
            InstructionData.of(BOOK, EmbeddedData.open().folder().resolve("instructions"));

    @Test
    void data_hasAllEightKindsInSeveralPhrasings() {
        Map<Category, Set<String>> instructions = new EnumMap<>(Category.class);
        List<Example> all = new ArrayList<>(DATA.manyTemplates());
        all.addAll(DATA.kinds());
        all.forEach(e ->
                instructions.computeIfAbsent(e.kind(), k -> new HashSet<>()).add(e.instruction()));
        assertThat(all).hasSizeGreaterThanOrEqualTo(1500);
        assertThat(instructions)
                .hasSize(8)
                .allSatisfy((kind, texts) -> assertThat(texts).hasSizeGreaterThan(3));
    }

    @Test
    void noHeldOutFact_isAskedOrAnswered() {
        Phrasings phrasings = BOOK.phrasings();
        Set<String> asked = DATA.instructions().stream().collect(Collectors.toSet());
        for (Fact fact : BOOK.heldOut()) {
            List<String> everyQuestion =
                    phrasings.instructionsOf(fact, phrasings.wrappers(), phrasings.questionFrames());
            assertThat(everyQuestion).as(fact.id()).noneMatch(asked::contains);
        }
        Set<String> responses = new HashSet<>();
        DATA.kinds().forEach(e -> responses.add(e.output()));
        for (Fact fact : BOOK.heldOut()) {
            assertThat(phrasings.statementsOf(fact)).as(fact.id()).noneMatch(responses::contains);
        }
    }

    @Test
    void heldOutPhrasings_neverOccur() {
        Phrasings phrasings = BOOK.phrasings();
        Set<String> asked = new HashSet<>(DATA.instructions());
        for (Fact fact : BOOK.tuned()) {
            assertThat(phrasings.instructionsOf(fact, phrasings.wrappers(), phrasings.heldOutFrames()))
                    .as(fact.id())
                    .noneMatch(asked::contains);
            assertThat(phrasings.instructionsOf(fact, phrasings.heldOutWrappers(), phrasings.questionFrames()))
                    .as(fact.id())
                    .noneMatch(asked::contains);
        }
    }

    @Test
    void variants_differInOneThing() {
        assertThat(answers(DATA.oneTemplate())).isEqualTo(answers(DATA.manyTemplates()));
        assertThat(DATA.fewFacts().size())
                .isBetween((int) (0.9 * DATA.manyTemplates().size()), (int)
                        (1.1 * DATA.manyTemplates().size()));
        assertThat(answers(DATA.fewFacts()).size())
                .isLessThan(answers(DATA.oneTemplate()).size() / 10);
        assertThat(DATA.kindsOneTemplate().stream()
                        .map(Example::output)
                        .sorted()
                        .toList())
                .isEqualTo(DATA.kinds().stream().map(Example::output).sorted().toList());
    }

    private static Set<String> answers(List<Example> examples) {
        return examples.stream().map(Example::output).collect(Collectors.toSet());
    }
}

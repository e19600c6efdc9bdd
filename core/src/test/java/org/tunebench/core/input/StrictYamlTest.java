package org.tunebench.core.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {
    private static final Path FILE = Path.of("folder", "run.yaml");

    enum Color {
        RED,
        DARK_BLUE
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Shape.Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Shape.Square.class, name = "square")
    })
    sealed interface Shape {
        record Circle(Double radius) implements Shape {}

        record Square(Double side) implements Shape {}
    }

    record Part(Integer warmupSteps, Double rate) {
        Part {
            warmupSteps = warmupSteps == null ? 7 : warmupSteps;
            rate = rate == null ? 0.5 : rate;
            if (rate > 1) {
                throw new IllegalArgumentException("rate is " + rate + ", must be at most 1");
            }
        }
    }

    record Run(String title, int count, Part part, Color color, List<Shape> shapes, Path data, Boolean packing) {}

    @Test
    void read_completeFile_fillsRecord() {
        Run run = parse("""
                title: "1"
                count: 3
                part: {warmup_steps: 2, rate: 1e-4}
                color: dark_blue
                shapes:
                  - {name: circle, radius: 2}
                data: ../x.json
                packing: true
                """);

        assertThat(run.part()).isEqualTo(new Part(2, 1e-4));
        assertThat(run.color()).isEqualTo(Color.DARK_BLUE);
        assertThat(run.shapes()).containsExactly(new Shape.Circle(2.0));
        assertThat(run.data()).isEqualTo(Path.of("x.json").toAbsolutePath());
        assertThat(run.packing()).isTrue();
    }

    @Test
    void write_record_readsBackEqual() {
        Run run = new Run("yes", 3, new Part(null, 2e-5), Color.RED, List.of(new Shape.Square(1.5)), null, false);

        String yaml = StrictYaml.write(run);

        assertThat(yaml).contains("warmup_steps: 7").contains("color: red").contains("name: square");
        assertThat(parse(yaml)).isEqualTo(run);
    }

    @Test
    void read_anchorsAndMergeKeys_expandsThem() {
        Run run = parse("count: 1\npart: &p {rate: 0.25}\nshapes: []\n");
        assertThat(run.part().rate()).isEqualTo(0.25);

        record Two(Part a, Part b) {}
        Two two = StrictYaml.parse("a: &p {rate: 0.25, warmup_steps: 1}\nb: {<<: *p, rate: 0.5}\n", FILE, Two.class);
        assertThat(two.b()).isEqualTo(new Part(1, 0.5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    count: 1~cuont: 2                    | line 2 | unknown key 'cuont' | Did you mean 'count'?
                    count: 1~part:~  rat: 2              | line 3 | unknown key 'rat'   | Did you mean 'rate'?
                    count: 1~part:~  warmup_steps: 2~  rate: 3 | line 4 | rate is 3.0, must be at most 1 | Change
                    count: 1~color: reed                 | line 2 | unknown color 'reed' | Did you mean 'red'?
                    count: 1~shapes:~- {name: circel}    | line 3 | unknown shapes item 'circel' | 'circle'
                    count: 1~shapes:~- {radius: 1}       | line 3 | shapes item has no name | circle, square
                    count: 1~shapes:~- {name: circle, r: 1} | line 3 | unknown key 'r' | radius
                    count: one                           | line 1 | count is "one", expected a whole number | Change
                    count: 99999999999                   | line 1 | count: Numeric value (99999999999) out of range | Check
                    count: 99999999999999999999          | line 1 | count: Numeric value (99999999999999999999) out of range | Check
                    count: 1~part: {rate: 1e999}         | line 2 | rate | Change
                    count: 1.5                           | line 1 | count is 1.5, expected a whole number | Change
                    title: x                             | line 1 | count is missing | Add
                    count: 1~title: 3                    | line 2 | title is 3, expected text | quotes
                    count: 1~packing: yes                | line 2 | packing is "yes", expected true or false | Change
                    count: 1~part: [1]                   | line 2 | part is a list, expected a mapping of keys | Change
                    count: 1~part: 1                     | line 2 | part is 1, expected a mapping of keys | Change
                    count: 1~shapes: {a: 1}              | line 2 | shapes is a mapping, expected a list | Change
                    count: 1~count: 2                    | line 2 | key 'count' stands here twice | Remove
                    count: 1~part: {a                    | line 2 | malformed YAML | Check
                    count: 1~ part: 3                    | line 2 | malformed YAML | Check
                    """)
    void read_unusableFile_saysWhatWhereAndHow(String yaml, String line, String what, String mend) {
        assertThatThrownBy(() -> parse(yaml.replace('~', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.yaml " + line)
                .hasMessageContaining(what)
                .hasMessageContaining(mend);
    }

    @Test
    void read_emptyOrMissingFile_isRefused() {
        for (String nothing : List.of("", "# nothing\n", "~", "&a\n")) {
            assertThatThrownBy(() -> parse(nothing))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("empty");
        }
        assertThatThrownBy(() -> StrictYaml.read(Path.of("no-such.yaml"), Run.class))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no-such.yaml")
                .hasMessageContaining("no such file");
    }

    @Test
    void read_recursiveAlias_isRefused() {
        assertThatThrownBy(() -> parse("count: 1\npart: &p {rate: *p}\n")).isInstanceOf(InputException.class);
    }

    private static Run parse(String yaml) {
        return StrictYaml.parse(yaml, FILE, Run.class);
    }
}

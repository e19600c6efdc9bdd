package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetCellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"x\")",
                "+1",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\n=1",
                "  =1",
                "\uFF1D1",
                "- a list item"
            })
    void of_whatMightBeAFormula_getsAnApostrophe(String text) {
        assertThat(SheetCell.of(text)).isEqualTo("'" + text);
    }

    @Test
    void of_carriageReturnBeforeAFormula_isVisible() {
        assertThat(SheetCell.of("\r=1")).isEqualTo("[U+000D]=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = b",
                "x\n=y",
                "caf\u00e9 \uD83D\uDE00",
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "",
                "a, \"b\"; c\td"
            })
    void of_plainText_staysAsItIs(String text) {
        assertThat(SheetCell.of(text)).isEqualTo(text);
    }

    @Test
    void of_hiddenCharacters_becomeVisible() {
        assertThat(SheetCell.of("a\u0000b\u202Ec\u001B[0m\uD83Dd\u200Be"))
                .isEqualTo("a[U+0000]b[U+202E]c[U+001B][0m[U+D83D]d[U+200B]e");
    }

    @Test
    void of_textBeyondACell_isCutAndSaysSo() {
        String cell = SheetCell.of("x".repeat(1_000_000));
        assertThat(cell).hasSizeLessThan(32_767).endsWith("x [cut here: 1000000 characters in all]");
    }
}

package org.tunebench.eval.rating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTextTest {
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
    void cell_whatMightBeAFormula_getsAnApostrophe(String text) {
        assertThat(SheetText.cell(text)).isEqualTo("'" + text);
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
    void visible_plainText_staysAsItIs(String text) {
        assertThat(SheetText.visible(text)).isEqualTo(text);
        assertThat(SheetText.cell(text)).isEqualTo(text);
    }

    @Test
    void visible_hiddenCharacters_areWrittenOut() {
        assertThat(SheetText.visible("a\u0000b\u202Ec\u001B[0m\uD83Dd\u200Be\uFFFEf\u2028g\uDB40\uDC41"))
                .isEqualTo("a[U+0000]b[U+202E]c[U+001B][0m[U+D83D]d[U+200B]e[U+FFFE]f[U+2028]g[U+E0041]");
        assertThat(SheetText.visible("\r=1")).isEqualTo("=1");
        assertThat(SheetText.visible("a\r\nb\rc")).isEqualTo("a\nb[U+000D]c");
    }

    @Test
    void cell_textBeyondACell_isCutBetweenCharactersAndSaysSo() {
        String cell = SheetText.cell("x".repeat(1_000_000));
        assertThat(cell).hasSizeLessThan(32_767).endsWith("x [cut here: 1000000 characters in all]");
        String emoji = SheetText.cell("x" + "\uD83D\uDE00".repeat(20_000));
        assertThat(emoji).hasSizeLessThan(32_767).contains("\uD83D\uDE00 [cut here: 40001 characters in all]");
    }
}

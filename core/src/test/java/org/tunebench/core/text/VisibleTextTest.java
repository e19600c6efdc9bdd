package org.tunebench.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleTextTest {
    @Test
    void of_hiddenCharacters_areWrittenOut_andOthersStay() {
        assertThat(VisibleText.of("a\u202eb\u0000\n\tc \ud83d\ude00 \ud800 é\u200d\u00ad\ufffe\u2028\udb40\udc41"))
                .isEqualTo("a[U+202E]b[U+0000]\n\tc \ud83d\ude00 [U+D800] é\u200d[U+00AD][U+FFFE][U+2028][U+E0041]");
        assertThat(VisibleText.of("\u0600\u0661 \u06dd \u0301\ufe0f")).isEqualTo("\u0600\u0661 \u06dd \u0301\ufe0f");
    }

    @Test
    void deep_everyTextOfATree_isVisible() {
        assertThat(VisibleText.deep(Map.of("a", List.of("\u0007", 1), "b", Arrays.asList((Object) null))))
                .isEqualTo(Map.of("a", List.of("[U+0007]", 1), "b", Arrays.asList((Object) null)));
    }
}

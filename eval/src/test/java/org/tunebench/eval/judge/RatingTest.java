package org.tunebench.eval.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Rating: [[7]]                | 7",
                "Rating: [[7.5]] and [[3]]    | 7.5",
                "See [2]. Rating: [[9]]       | 9",
                "Rating: [6]                  | 6",
                "[[8.]]                       | 8",
                "Rating: 6                    |",
                "Rating: [[ten]]              |",
                "Rating: [[-3]]               |",
                "Rating: [[0]]                |",
                "Rating: [[11]]               |",
                "''                           |",
            })
    void parse_findsFastChatsRating(String text, Double rating) {
        assertThat(Rating.parse(text)).isEqualTo(rating);
    }

    @Test
    void parse_otherScripts_areNoDigits() {
        assertThat(Rating.parse("[[\u0665]]")).isNull();
    }
}

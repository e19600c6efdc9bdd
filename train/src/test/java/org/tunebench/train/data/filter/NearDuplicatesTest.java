package org.tunebench.train.data.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tunebench.core.text.Words;
import org.tunebench.train.data.draw.SeededRandom;

class NearDuplicatesTest {
    private static final long SEED = 11;

    /**
     * 2,000 texts of 20 to 120 words from 3,000 made ones; for half of them a copy follows with small edits (words replaced,
     * dropped, swapped, case and punctuation changed), for the other half a text that shares a third of the words with it, in
     * order, as texts on one subject or from one template do.
     */
    @Test
    void judge_generatedPairs_recallAndPrecisionAreAtLeast95Percent() {
        SeededRandom random = SeededRandom.of(SEED);
        FilterPass pass =
                new NearDuplicates(null, null, null, ExampleText.RESPONSE).start(FilterInputs.NONE, ExampleSource.NONE);
        int found = 0;
        int wrong = 0;
        int pairs = 0;
        for (int i = 0; i < 2000; i++) {
            List<String> words = words(random, 20 + random.nextInt(101));
            Verdict first = pass.judge(Examples.of(2 * i, "", String.join(" ", words)));
            wrong += first.keeps() ? 0 : 1;
            boolean pair = i % 2 == 0;
            String second = pair ? edited(words, random) : related(words, random);
            Verdict verdict = pass.judge(Examples.of(2 * i + 1, "", second));
            pairs += pair ? 1 : 0;
            found += pair && ("nearly the same as a.json:" + 2 * i).equals(verdict.objection()) ? 1 : 0;
            wrong += !pair && !verdict.keeps() ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT, "near duplicates: %d pairs, %d found, %d wrong (seed %d)%n", pairs, found, wrong, SEED);

        assertThat((double) found / pairs).as("recall, seed %d", SEED).isGreaterThanOrEqualTo(0.95);
        assertThat((double) found / (found + wrong))
                .as("precision, seed %d", SEED)
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void judge_caseAndPunctuation_makeNoDifference() {
        FilterPass pass = new NearDuplicates(1.0, null, null, null).start(FilterInputs.NONE, ExampleSource.NONE);

        assertThat(pass.judge(Examples.of(1, "Name a colour", "It is red.")).keeps())
                .isTrue();
        assertThat(pass.judge(Examples.of(2, "name a colour!", "It is: red")).objection())
                .isEqualTo("nearly the same as a.json:1");
        assertThat(pass.judge(Examples.answer("+++")).keeps()).isTrue();
    }

    @Test
    void signature_shareOfEqualMinima_estimatesTheJaccardIndex() {
        SeededRandom random = SeededRandom.of(SEED, 1);
        MinHash hash = new MinHash(1024, 3);
        for (int i = 0; i < 50; i++) {
            List<String> words = words(random, 60);
            String a = String.join(" ", words);
            String b = i % 2 == 0 ? edited(words, random) : related(words, random);
            int[] left = hash.signature(a, 5);
            int[] right = hash.signature(b, 5);
            double equal =
                    IntStream.range(0, 1024).filter(k -> left[k] == right[k]).count() / 1024.0;
            // Five standard errors of 1,024 draws.
            assertThat(equal)
                    .as("seed %d, pair %d", SEED, i)
                    .isCloseTo(jaccard(a, b), org.assertj.core.data.Offset.offset(0.08));
        }
    }

    @Test
    void rowsFor_pairAtTheThreshold_isFoundWithProbability98() {
        assertThat(SimilarTexts.rowsFor(128, 0.8)).isEqualTo(7);
        assertThat(1 - Math.pow(1 - Math.pow(0.8, 7), 18)).isGreaterThan(0.98);
    }

    @Test
    void table_manyKeys_givesBackWhatWasPutLast() {
        LongIntTable table = new LongIntTable();
        SeededRandom random = SeededRandom.of(SEED, 2);
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            keys.add(random.nextLong());
            assertThat(table.put(keys.get(i), i)).isEqualTo(LongIntTable.NONE);
        }
        assertThat(table.put(keys.get(5), 7)).isEqualTo(5);
        assertThat(table.size()).isEqualTo(20_000);
        for (int i = 6; i < 20_000; i++) {
            assertThat(table.get(keys.get(i))).isEqualTo(i);
        }
        assertThat(table.get(random.nextLong())).isEqualTo(LongIntTable.NONE);
    }

    private static List<String> words(SeededRandom random, int n) {
        return IntStream.range(0, n).mapToObj(i -> word(random.nextInt(3000))).toList();
    }

    /** A pronounceable word for a number. */
    private static String word(int number) {
        String consonants = "bdfgklmnprstvz";
        String vowels = "aeiou";
        StringBuilder word = new StringBuilder();
        for (int rest = number + 5; rest > 0; rest /= 70) {
            word.append(consonants.charAt(rest % 14)).append(vowels.charAt(rest / 14 % 5));
        }
        return word.toString();
    }

    /** One word in 40 replaced, one dropped or two swapped, capitals and commas put in. */
    private static String edited(List<String> words, SeededRandom random) {
        List<String> copy = new ArrayList<>(words);
        for (int i = 0; i < Math.max(1, words.size() / 40); i++) {
            copy.set(random.nextInt(copy.size()), word(random.nextInt(3000)));
        }
        if (random.nextInt(2) == 0) {
            copy.remove(random.nextInt(copy.size()));
        }
        return copy.stream()
                .map(w -> random.nextInt(10) == 0 ? w.toUpperCase(Locale.ROOT) + "," : w)
                .collect(Collectors.joining(random.nextInt(2) == 0 ? " " : "  "));
    }

    /** Every third word is kept, at its place. */
    private static String related(List<String> words, SeededRandom random) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> i % 9 < 3 ? words.get(i) : word(random.nextInt(3000)))
                .collect(Collectors.joining(" "));
    }

    private static double jaccard(String a, String b) {
        Set<String> left = grams(a);
        Set<String> right = grams(b);
        Set<String> both = new HashSet<>(left);
        both.retainAll(right);
        return (double) both.size() / (left.size() + right.size() - both.size());
    }

    private static Set<String> grams(String text) {
        String normal = String.join(" ", Words.normalised(text));
        return IntStream.rangeClosed(0, normal.length() - 5)
                .mapToObj(i -> normal.substring(i, i + 5))
                .collect(Collectors.toSet());
    }
}

package org.tunebench.reports.lineage;

/**
 * What words weigh, by how many of a run's examples have them: (1 + ln tf) · ln((1 + n) / (1 + df)). Words that more than a
 * quarter of the examples have weigh nothing. Words are told apart by 17 bits of their hashes, so that the counts stay in a
 * processor's cache however many there are.
 */
final class TermWeights {
    private static final int BITS = 17;
    /** A word that so few examples have always counts. */
    private static final int FEW = 5;

    private final int[] documents = new int[1 << BITS];
    /** Of each count's word, once all are counted. */
    private final float[] weights = new float[1 << BITS];

    private int n;

    /** What a text's words weigh. */
    interface Weighed {
        void term(int hash, double weight);
    }

    /** @param terms of an example, ascending */
    void add(int[] terms) {
        n++;
        for (int i = 0; i < terms.length; i++) {
            if (i == 0 || terms[i] != terms[i - 1]) {
                documents[place(terms[i])]++;
            }
        }
    }

    /** Says what each word of a text weighs that weighs anything. @return the length of the text's vector */
    double weigh(int[] terms, Weighed weighed) {
        double squares = 0;
        for (int i = 0; i < terms.length; ) {
            int from = i;
            while (i < terms.length && terms[i] == terms[from]) {
                i++;
            }
            double weight = weights[place(terms[from])];
            if (weight > 0) {
                weight *= i - from == 1 ? 1 : 1 + Math.log(i - from);
                squares += weight * weight;
                weighed.term(terms[from], weight);
            }
        }
        return Math.sqrt(squares);
    }

    /** Call it once every example is there, and before {@link #weigh}. */
    void done() {
        float unknown = (float) Math.log(1.0 + n);
        int most = Math.max(FEW, n / 4);
        for (int i = 0; i < documents.length; i++) {
            int with = documents[i];
            weights[i] = with == 0 ? unknown : with > most ? 0 : (float) Math.log((1.0 + n) / (1 + with));
        }
    }

    /** Where the count of a word is. */
    static int place(int term) {
        return term >>> (Integer.SIZE - BITS);
    }
}

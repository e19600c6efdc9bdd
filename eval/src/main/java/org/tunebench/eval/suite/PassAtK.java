package org.tunebench.eval.suite;

/** The probability that one of k programs is right, estimated from n of which c are (Chen et al. 2021, arXiv:2107.03374). */
final class PassAtK {
    private PassAtK() {}

    /**
     * {@code 1 − C(n − c, k) / C(n, k)}, without bias and, as {@code 1 − Π (1 − k / i)} over i from n − c + 1 to n, without
     * large numbers.
     */
    static double estimate(int n, int c, int k) {
        if (n - c < k) {
            return 1;
        }
        double allWrong = 1;
        for (int i = n - c + 1; i <= n; i++) {
            allWrong *= 1 - (double) k / i;
        }
        return 1 - allWrong;
    }
}

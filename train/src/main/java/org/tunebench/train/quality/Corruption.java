package org.tunebench.train.quality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.tunebench.train.data.draw.SeededRandom;
import org.tunebench.train.data.example.Exchange;

/** The ways in which a good response is spoiled, to teach a quality model what bad ones look like. */
public enum Corruption {
    /** Ends somewhere between a fifth and four fifths, in the middle of a sentence. */
    TRUNCATED {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            String response = exchange.response();
            int end = Math.max(1, (int) (response.length() * (0.2 + 0.6 * random.nextInt(1000) / 1000)));
            while (end > 1 && !Character.isLetterOrDigit(response.charAt(end - 1))) {
                end--;
            }
            return response.substring(0, end);
        }
    },
    /** The words in a random order, in runs of one to three. */
    SHUFFLED_WORDS {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            List<String> words = parts(WORD, exchange.response());
            int run = 1 + random.nextInt(3);
            List<String> runs = new ArrayList<>();
            for (int i = 0; i < words.size(); i += run) {
                runs.add(String.join("", words.subList(i, Math.min(words.size(), i + run))));
            }
            return String.join("", permuted(runs, random));
        }
    },
    /** The answer to another question of the set. */
    SWAPPED {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            return other.response();
        }
    },
    /** A sentence of it again and again. */
    REPETITION {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            List<String> sentences = sentences(exchange.response());
            int at = random.nextInt(sentences.size());
            int times = 3 + random.nextInt(6);
            List<String> before = sentences.subList(0, at);
            String again = sentences.get(at);
            return String.join("", before) + (again.endsWith("\n") ? again : again.strip() + " ").repeat(times);
        }
    },
    /** An answer in another language. */
    WRONG_LANGUAGE {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            return ForeignText.draw(Math.max(1, sentences(exchange.response()).size()), random);
        }
    },
    /** The right beginning, then the answer to another question. */
    OFF_TOPIC {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            List<String> own = sentences(exchange.response());
            List<String> foreign = sentences(other.response());
            int kept = own.size() / 4;
            int taken = Math.max(1, foreign.size() / 2);
            List<String> mixed = new ArrayList<>(own.subList(0, kept));
            mixed.addAll(foreign.subList(foreign.size() - taken, foreign.size()));
            return String.join("", mixed);
        }
    },
    /** Every seventh letter or so is another, or missing. */
    GARBLED {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            StringBuilder garbled = new StringBuilder();
            exchange.response().codePoints().forEach(c -> {
                int draw = Character.isLetter(c) ? random.nextInt(14) : 13;
                if (draw == 0) {
                    garbled.append((char) ('a' + random.nextInt(26)));
                } else if (draw > 1) {
                    garbled.appendCodePoint(c);
                }
            });
            return garbled.toString();
        }
    },
    /** The instruction once more in place of an answer. */
    ECHO {
        @Override
        String spoil(Exchange exchange, Exchange other, SeededRandom random) {
            List<String> sentences = sentences(exchange.response());
            return random.nextInt(2) == 0
                    ? exchange.instruction()
                    : exchange.instruction() + "\n" + sentences.get(random.nextInt(sentences.size()));
        }
    };

    private static final Pattern WORD = Pattern.compile("\\S+\\s*");
    private static final Pattern SENTENCE = Pattern.compile("\\S.*?(?:[.!?:]\\s+|\\s*\\R\\s*|$)");

    /** The name in files and reports. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The spoiled response.
     *
     * @param other another exchange of the set, for what is put in its place
     */
    abstract String spoil(Exchange exchange, Exchange other, SeededRandom random);

    /** Sentences or lines, each with the white space behind it; at least one. */
    static List<String> sentences(String text) {
        List<String> sentences = parts(SENTENCE, text);
        return sentences.isEmpty() ? List.of(text) : sentences;
    }

    private static List<String> parts(Pattern pattern, String text) {
        return pattern.matcher(text.strip()).results().map(MatchResult::group).toList();
    }

    private static List<String> permuted(List<String> parts, SeededRandom random) {
        List<String> permuted = new ArrayList<>(Collections.nCopies(parts.size(), ""));
        int[] order = random.permutation(parts.size());
        for (int i = 0; i < order.length; i++) {
            permuted.set(i, parts.get(order[i]));
        }
        return permuted;
    }
}

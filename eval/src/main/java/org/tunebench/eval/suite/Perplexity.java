package org.tunebench.eval.suite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tunebench.core.input.InputException;
import org.tunebench.core.record.Metric;
import org.tunebench.core.record.SampleRecord;
import org.tunebench.core.statistics.RatioEstimate;
import org.tunebench.eval.engine.Engine;
import org.tunebench.eval.engine.Scored;
import org.tunebench.eval.engine.Whitespace;

/**
 * How well a model predicts raw text, from documents parted by blank lines, or from JSONL lines {@code {"text": …}}. Over the
 * whole corpus, with L the summed log-likelihood in nats: token_perplexity {@code exp(-L / tokens)}, word_perplexity
 * {@code exp(-L / words)}, bits_per_byte {@code -L / bytes / ln 2}; words and bytes as lm-evaluation-harness (4e7e0d4) counts
 * them. Only the last two compare models with different tokenizers. Every token is scored, the first after the prefix token.
 * Standard errors are those of a ratio over documents.
 */
record Perplexity() implements Suite {
    private static final Pattern BLANK_LINES = Pattern.compile("\\R(?:[ \\t]*\\R)+");

    @Override
    public String name() {
        return "perplexity";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return "raw text, by document; token_perplexity, word_perplexity, bits_per_byte";
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        options.refuseShots(name());
        options.refuseSubjects(name());
        if (options.chat()) {
            throw new InputException("raw text has no chat prompt", "suite " + name(), "Leave chat out for this suite");
        }
        SuiteData data = new SuiteData(name());
        Path file = data.onlyFile(options.requireData(name()), ".txt", ".jsonl");
        List<String> documents = file.getFileName().toString().endsWith(".jsonl")
                ? JsonRow.readLines(data, file).stream()
                        .map(row -> row.filledText("text"))
                        .toList()
                : BLANK_LINES
                        .splitAsStream(data.read(file))
                        .filter(d -> !d.isBlank())
                        .toList();
        return new Corpus(
                documents.subList(0, options.taken(documents.size())), data.sha256(options.requireData(name())));
    }

    private record Corpus(List<String> documents, String dataSha256) implements LoadedSuite {
        @Override
        public int size() {
            return documents.size();
        }

        @Override
        public List<String> texts() {
            return documents;
        }

        @Override
        public Outcome run(Engine engine) {
            List<Scored> scores = engine.scoreWhole(documents);
            List<SampleRecord> samples = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                samples.add(sample(i, documents.get(i), scores.get(i)));
            }
            Map<String, Metric> metrics = new LinkedHashMap<>();
            metrics.put("token_perplexity", perplexity(rate(samples, "tokens")));
            metrics.put("word_perplexity", perplexity(rate(samples, "words")));
            metrics.put("bits_per_byte", bits(rate(samples, "bytes")));
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("data_sha256", dataSha256);
            for (String count : List.of("tokens", "words", "bytes")) {
                details.put("scored_" + count, (long) sum(samples, count));
            }
            return new Outcome(samples, false, metrics, Map.of(), details);
        }

        private static SampleRecord sample(int index, String document, Scored score) {
            int bytes = document.getBytes(StandardCharsets.UTF_8).length;
            Map<String, Double> scores = new LinkedHashMap<>();
            scores.put("loglikelihood", score.logLikelihood());
            scores.put("tokens", (double) score.tokens());
            scores.put("words", (double) Whitespace.countWords(document));
            scores.put("bytes", (double) bytes);
            scores.put("bits_per_byte", -score.logLikelihood() / bytes / Math.log(2));
            return new SampleRecord(
                    String.valueOf(index), null, document, null, null, null, null, null, null, scores, null);
        }

        /** Log-likelihood per unit, in nats. */
        private static Metric rate(List<SampleRecord> samples, String unit) {
            return RatioEstimate.of(column(samples, "loglikelihood"), column(samples, unit));
        }

        /** {@code exp(-rate)}: its standard error by the derivative, its interval by the rate's own ends. */
        private static Metric perplexity(Metric rate) {
            double value = Math.exp(-rate.value());
            List<Double> ends = rate.ci95();
            return new Metric(
                    value,
                    rate.stderr() == null ? null : value * rate.stderr(),
                    ends == null ? null : List.of(Math.exp(-ends.get(1)), Math.exp(-ends.get(0))));
        }

        private static Metric bits(Metric rate) {
            return RatioEstimate.metric(
                    -rate.value() / Math.log(2), rate.stderr() == null ? null : rate.stderr() / Math.log(2));
        }

        private static double[] column(List<SampleRecord> samples, String score) {
            return samples.stream().mapToDouble(s -> s.scores().get(score)).toArray();
        }

        private static double sum(List<SampleRecord> samples, String score) {
            return samples.stream().mapToDouble(s -> s.scores().get(score)).sum();
        }
    }
}

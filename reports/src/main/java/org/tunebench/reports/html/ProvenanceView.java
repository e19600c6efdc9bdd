package org.tunebench.reports.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.RunRecord;
import org.tunebench.reports.leaderboard.Figures;
import org.tunebench.reports.run.Run;

/**
 * Where a run's numbers come from.
 *
 * @param facts label → text
 */
record ProvenanceView(String run, String anchor, String status, Map<String, String> facts, List<DataFile> data) {

    record DataFile(String path, String format, String used, String dropped, String sha256) {}

    static ProvenanceView of(Run run) {
        RunRecord record = run.record();
        return new ProvenanceView(
                run.name(),
                Anchor.of("run", run.name()),
                record.status().name().toLowerCase(Locale.ROOT),
                facts(run, record),
                record.data().stream().map(ProvenanceView::data).toList());
    }

    private static Map<String, String> facts(Run run, RunRecord record) {
        Map<String, String> facts = new LinkedHashMap<>();
        RunRecord.Recipe recipe = record.recipe();
        facts.put(
                "Recipe",
                recipe == null
                        ? run.origin().harness() ? "" : "none: scored as it is"
                        : recipe.name() + ", SHA-256 " + recipe.sha256());
        RunRecord.BaseModel base = record.base();
        facts.put(
                "Base model",
                base.name()
                        + (base.parameters() > 0
                                ? ", " + Figures.count(OptionalDouble.of(base.parameters())) + " parameters"
                                : "")
                        + ", " + end(base.path()));
        facts.put("Base config SHA-256", base.configSha256());
        facts.put("Base weights SHA-256", base.weightsSha256());
        facts.put("Tokenizer SHA-256", base.tokenizerSha256());
        RunRecord.Template template = record.template();
        facts.put(
                "Chat template",
                template == null
                        ? run.origin().harness() ? "" : "none"
                        : template.name() + ", SHA-256 " + template.sha256());
        facts.put("Seeds", pairs(record.seeds()));
        facts.put("Device", record.environment().device());
        facts.put("Libraries", pairs(record.environment().libraries()));
        facts.put(
                run.origin().harness() ? "lm-evaluation-harness at" : "Code",
                orUnknown(record.environment().gitCommit()));
        facts.put("Start", record.start().toString());
        facts.put("End", record.end() == null ? Figures.NONE : record.end().toString());
        if (record.failure() != null) {
            facts.put("Failure", record.failure());
        }
        RunRecord.TrainingTotals totals = record.totals();
        if (totals != null) {
            facts.put(
                    "Training",
                    totals.steps() + " steps, " + totals.supervisedTokens() + " supervised of "
                            + totals.realTokens() + " tokens (" + totals.paddedTokens() + " with padding), last loss "
                            + String.format(Locale.ROOT, "%.4f", totals.finalLoss()) + ", "
                            + Figures.time(OptionalDouble.of(totals.seconds())));
        }
        facts.putAll(run.origin().facts());
        // the harness makes a folder's name of the whole path of its model
        facts.put("Folder", run.origin().harness() ? "" : run.origin().place());
        facts.values().removeIf(String::isBlank);
        return facts;
    }

    private static DataFile data(RunRecord.DataFile file) {
        List<String> dropped = new ArrayList<>();
        file.dropped().forEach((reason, count) -> dropped.add(count + " " + reason));
        return new DataFile(
                end(file.path()),
                file.format().toLowerCase(Locale.ROOT),
                Long.toString(file.used()),
                dropped.isEmpty() ? "none" : String.join(", ", dropped),
                file.sha256());
    }

    /** A path by its last two parts: the hash says the rest, and folders of a machine are nobody else's business. */
    private static String end(String path) {
        return path.replaceFirst("^.*[/\\\\](?=[^/\\\\]+[/\\\\][^/\\\\]+$)", "");
    }

    private static String pairs(Map<String, ?> map) {
        return map.isEmpty()
                ? Figures.NONE
                : map.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? "not from a checkout" : text;
    }
}

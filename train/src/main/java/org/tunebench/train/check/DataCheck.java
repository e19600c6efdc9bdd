package org.tunebench.train.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tunebench.core.record.CheckRecord;
import org.tunebench.core.record.CheckRecord.Case;
import org.tunebench.core.record.CheckRecord.Finding;
import org.tunebench.core.record.CheckRecord.Lengths;
import org.tunebench.core.record.CheckRecord.Settings;
import org.tunebench.core.record.CheckRecord.Totals;
import org.tunebench.core.record.Sha256;
import org.tunebench.core.text.ChatTemplate;
import org.tunebench.core.text.Role;
import org.tunebench.core.text.Tokenizer;
import org.tunebench.train.batch.Fate;
import org.tunebench.train.batch.InspectedExample;
import org.tunebench.train.batch.Inspection;
import org.tunebench.train.batch.TokenizedDataset;
import org.tunebench.train.batch.TokenizedExample;
import org.tunebench.train.data.SourceCounts;
import org.tunebench.train.data.example.Example;
import org.tunebench.train.data.file.BadRecord;
import org.tunebench.train.data.filter.SuiteTexts;
import org.tunebench.train.recipe.Recipe;

/**
 * The check before a run: looks on while a recipe's data are read, and says what the model would be taught and what speaks
 * against it. It keeps counts, some thirty examples, 32 bytes of each example, and 0.8 kB of each of the first 200,000.
 */
public final class DataCheck implements Inspection {
    private final Recipe recipe;
    private final String base;
    private final SampleChoice samples;
    private final Repeats repeats;
    private final GroupCounts groups = new GroupCounts();
    private final LengthCounts words = new LengthCounts();
    private final LengthCounts responseWords = new LengthCounts();
    private final LengthCounts tokens = new LengthCounts();
    private final LengthCounts supervisedTokens = new LengthCounts();
    private final FindingTally noSupervisedToken = new FindingTally(Rule.NO_SUPERVISED_TOKEN);
    private final FindingTally cut = new FindingTally(Rule.RESPONSES_CUT);
    private final FindingTally endOfTurn = new FindingTally(Rule.END_OF_TURN);
    private final FindingTally roundTrip = new FindingTally(Rule.ROUND_TRIP);
    private final FindingTally special = new FindingTally(Rule.SPECIAL_TOKENS);
    private final FindingTally specialInRawText = new FindingTally(Rule.SPECIAL_TOKENS_IN_RAW_TEXT);
    private @Nullable Reading reading;
    private long examples;
    private long used;
    private long turns;
    private @Nullable CheckRecord record;

    /** What the data are read with. */
    private record Reading(ChatTemplate template, Tokenizer tokenizer, ExampleFacts.Finder finder) {}

    /**
     * @param base how the base model is called
     * @param suites whose texts are looked for among the examples
     */
    public DataCheck(Recipe recipe, String base, List<SuiteTexts> suites) {
        this.recipe = recipe;
        this.base = base;
        this.samples = new SampleChoice(recipe.seed());
        this.repeats = new Repeats(suites);
    }

    /** Whether all data have been read. */
    public boolean isDone() {
        return record != null;
    }

    /** What was found, once all data have been read. */
    public CheckRecord record() {
        if (record == null) {
            throw new IllegalStateException("the data have not been read yet");
        }
        return record;
    }

    @Override
    public void begin(ChatTemplate template, Tokenizer tokenizer) {
        reading = new Reading(template, tokenizer, new ExampleFacts.Finder(template, tokenizer));
    }

    @Override
    public Runnable inspect(InspectedExample example) {
        ExampleFacts facts = reading().finder().of(example);
        return () -> add(example, facts);
    }

    private void add(InspectedExample inspected, ExampleFacts facts) {
        Example example = inspected.example();
        TokenizedExample whole = inspected.whole();
        Fate fate = inspected.fate();
        examples++;
        used += fate.kept().isEmpty() ? 0 : 1;
        turns += facts.turns();
        groups.add(example.origin(), fate.kept());
        words.add(facts.words());
        responseWords.add(facts.responseWords());
        tokens.add(whole.length());
        supervisedTokens.add(whole.supervisedTokens());

        boolean unsupervised = Fate.NO_SUPERVISED_TOKEN.equals(fate.dropped());
        noSupervisedToken.lookedThrough(1);
        noSupervisedToken.found(unsupervised ? 1 : 0, example.origin(), whole.length() + " tokens, none supervised");
        cut.lookedThrough(whole.supervisedTokens());
        cut.found(
                unsupervised ? 0 : facts.lost(),
                example.origin(),
                "loses " + facts.lost() + " of " + whole.supervisedTokens() + " supervised tokens: it has "
                        + whole.length() + " tokens, and max_length is " + recipe.maxLength());
        endOfTurn.lookedThrough(facts.turns());
        endOfTurn.found(
                facts.endless(), example.origin(), facts.endless() + " of " + facts.turns() + " supervised turns");
        roundTrip.lookedThrough(facts.roundTrip().prompts());
        roundTrip.found(
                facts.roundTrip().broken(), example.origin(), facts.roundTrip().what());
        FindingTally marks = example instanceof Example.RawText ? specialInRawText : special;
        marks.lookedThrough(1);
        marks.found(facts.special() == null ? 0 : 1, example.origin(), String.valueOf(facts.special()));
        repeats.add(example);
        samples.add(inspected, facts);
    }

    @Override
    public void end(List<SourceCounts> counts, TokenizedDataset tokenized) {
        List<Case> bad = counts.stream()
                .flatMap(c -> c.badRecords().stream())
                .map(DataCheck::badRecord)
                .toList();
        List<CheckRecord.Source> sources = SourceTable.of(recipe, counts, tokenized);
        record = new CheckRecord(
                CheckRecord.SCHEMA,
                recipe.name(),
                base,
                settings(),
                new Totals(
                        examples,
                        used,
                        sources.stream().mapToLong(CheckRecord.Source::tokens).sum(),
                        sources.stream()
                                .mapToLong(CheckRecord.Source::supervisedTokens)
                                .sum(),
                        turns),
                sources,
                groups.groups(),
                lengths(),
                findings(counts, bad),
                bad,
                samples.samples(new ShownTokens(reading().tokenizer(), recipe.maxLength())));
    }

    private List<Lengths> lengths() {
        return List.of(
                words.lengths("words"),
                responseWords.lengths("response_words"),
                tokens.lengths("tokens"),
                supervisedTokens.lengths("supervised_tokens"));
    }

    /** The worst first. */
    private List<Finding> findings(List<SourceCounts> counts, List<Case> bad) {
        FindingTally badRecords = new FindingTally(Rule.BAD_RECORDS);
        counts.forEach(c -> badRecords.lookedThrough(c.read()));
        badRecords.found(counts.stream().mapToLong(SourceCounts::bad).sum(), bad);
        List<Finding> findings = new ArrayList<>();
        for (FindingTally tally : List.of(noSupervisedToken, cut, endOfTurn, roundTrip, special, specialInRawText)) {
            findings.add(tally.finding());
        }
        findings.addAll(repeats.findings());
        findings.add(badRecords.finding());
        findings.sort((a, b) -> a.severity().compareTo(b.severity()));
        return findings;
    }

    private static Case badRecord(BadRecord record) {
        return new Case(record.file().getFileName() + ":" + record.line(), record.where(), record.reason());
    }

    private Settings settings() {
        ChatTemplate template = reading().template();
        TreeSet<String> supervise = new TreeSet<>();
        recipe.supervise().stream().map(Role::id).forEach(supervise::add);
        return new Settings(
                template.name(),
                Sha256.ofText(template.source()),
                Sha256.ofText(recipe.toYaml()),
                recipe.mask().name().toLowerCase(java.util.Locale.ROOT),
                supervise,
                recipe.maxLength(),
                recipe.overlong().name().toLowerCase(java.util.Locale.ROOT),
                recipe.seed());
    }

    private Reading reading() {
        if (reading == null) {
            throw new IllegalStateException("not begun");
        }
        return reading;
    }
}

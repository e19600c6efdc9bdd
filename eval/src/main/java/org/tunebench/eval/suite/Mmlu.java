package org.tunebench.eval.suite;

import java.util.ArrayList;
import java.util.List;
import org.tunebench.core.input.InputException;
import org.tunebench.eval.engine.Prompt;
import org.tunebench.eval.engine.Whitespace;

/**
 * MMLU (Hendrycks et al. 2021, arXiv:2009.03300) from its original CSV folders, by the rules of lm-evaluation-harness
 * (4e7e0d4): in {@link Formulation#LETTERS letters} its task {@code mmlu}, in {@link Formulation#CLOZE answer texts} its task
 * {@code mmlu_continuation}, in which also small models show signal. The shots are the first rows of the subject's dev file;
 * the overall score weighs subjects by size and pools their standard errors.
 */
record Mmlu(Formulation formulation) implements Suite {
    static final int DEFAULT_SHOTS = 5;

    /** What stands for an answer. */
    enum Formulation {
        LETTERS(
                "mmlu",
                "57 subjects, four choices, answered by letter; acc",
                "The following are multiple choice questions (with answers) about ",
                List.of(Grading.Accuracy.ACC)) {
            @Override
            String question(MmluFiles.Row row) {
                StringBuilder text = new StringBuilder(Whitespace.strip(row.question()));
                for (int i = 0; i < row.choices().size(); i++) {
                    text.append('\n')
                            .append(MmluFiles.LETTERS.get(i))
                            .append(". ")
                            .append(row.choices().get(i));
                }
                return text + "\nAnswer:";
            }

            @Override
            List<String> choices(MmluFiles.Row row) {
                return MmluFiles.LETTERS;
            }
        },
        CLOZE(
                "mmlu_cloze",
                "MMLU with the answer's text in place of its letter; acc, acc_norm",
                "The following are questions (with answers) about ",
                List.of(Grading.Accuracy.ACC, Grading.Accuracy.ACC_NORM)) {
            @Override
            String question(MmluFiles.Row row) {
                return "Question: " + Whitespace.strip(row.question()) + "\nAnswer:";
            }

            @Override
            List<String> choices(MmluFiles.Row row) {
                return row.choices();
            }
        };

        private final String suite;
        private final String line;
        private final String opening;
        private final List<Grading.Accuracy> metrics;

        Formulation(String suite, String line, String opening, List<Grading.Accuracy> metrics) {
            this.suite = suite;
            this.line = line;
            this.opening = opening;
            this.metrics = metrics;
        }

        abstract String question(MmluFiles.Row row);

        abstract List<String> choices(MmluFiles.Row row);
    }

    @Override
    public String name() {
        return formulation.suite;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String description() {
        return formulation.line;
    }

    @Override
    public LoadedSuite load(SuiteOptions options) {
        int shots = options.shots() == null ? DEFAULT_SHOTS : options.shots();
        if (shots > DEFAULT_SHOTS) {
            throw new InputException(shots + " shots", "suite " + name(), "MMLU has 0 to 5");
        }
        SuiteData data = new SuiteData(name());
        MmluFiles files = new MmluFiles(data, options.requireData(name()));
        List<ChoiceItem> items = new ArrayList<>();
        for (String subject : options.takenSubjects(name(), files.subjects())) {
            List<MmluFiles.Row> rows = files.test(subject);
            Prompt header = header(subject, files.shots(subject, shots));
            for (int i = 0; i < options.taken(rows.size()); i++) {
                items.add(item(subject, i, header, rows.get(i)));
            }
        }
        return new MultipleChoice(
                items, shots, options.chat(), true, MultipleChoice.DELIMITER, data.sha256(options.requireData(name())));
    }

    private Prompt header(String subject, List<MmluFiles.Row> shots) {
        StringBuilder examples = new StringBuilder();
        for (MmluFiles.Row row : shots) {
            examples.append(formulation.question(row))
                    .append(MultipleChoice.DELIMITER)
                    .append(formulation.choices(row).get(row.answer()))
                    .append("\n\n");
        }
        return new Prompt(formulation.opening + subject.replace('_', ' ') + ".\n\n", examples.toString());
    }

    private ChoiceItem item(String subject, int index, Prompt header, MmluFiles.Row row) {
        String question = formulation.question(row);
        List<String> choices = formulation.choices(row);
        return new ChoiceItem(
                subject + "/" + index,
                subject,
                new Prompt(header.description(), header.question() + question),
                question,
                choices,
                row.answer(),
                Grading.accuracy(choices, row.answer(), formulation.metrics));
    }
}

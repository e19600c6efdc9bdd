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
 * the overall score and those of the four
 * {@link MmluCategories categories} weigh subjects by size and pool their standard errors.
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
        return "2";
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
            List<Prompt.Shot> examples = examples(files.shots(subject, shots));
            for (int i = 0; i < options.taken(rows.size()); i++) {
                items.add(item(subject, i, examples, rows.get(i)));
            }
        }
        return new MultipleChoice(
                items,
                shots,
                options.format(),
                MmluCategories.OF_SUBJECT,
                MultipleChoice.DELIMITER,
                data.sha256(options.requireData(name())));
    }

    private List<Prompt.Shot> examples(List<MmluFiles.Row> rows) {
        return rows.stream()
                .map(row -> new Prompt.Shot(
                        formulation.question(row), formulation.choices(row).get(row.answer())))
                .toList();
    }

    private ChoiceItem item(String subject, int index, List<Prompt.Shot> examples, MmluFiles.Row row) {
        String question = formulation.question(row);
        List<String> choices = formulation.choices(row);
        return new ChoiceItem(
                subject + "/" + index,
                subject,
                new Prompt(formulation.opening + subject.replace('_', ' ') + ".\n\n", examples, question),
                question,
                choices,
                row.answer(),
                Grading.accuracy(choices, row.answer(), formulation.metrics));
    }
}

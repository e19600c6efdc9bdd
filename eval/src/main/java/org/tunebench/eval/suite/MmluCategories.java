package org.tunebench.eval.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MMLU's 57 subjects in four categories, as lm-evaluation-harness 0.4.13 has them (tasks/mmlu/default, {@code tag}). */
final class MmluCategories {
    /** Subject → category; the categories in the order they are told in. */
    static final Map<String, String> OF_SUBJECT = ofSubject();

    private MmluCategories() {}

    private static Map<String, String> ofSubject() {
        Map<String, String> categories = new LinkedHashMap<>();
        List<Category> all = List.of(
                new Category("stem", """
                                abstract_algebra anatomy astronomy college_biology college_chemistry
                                college_computer_science college_mathematics college_physics computer_security
                                conceptual_physics electrical_engineering elementary_mathematics
                                high_school_biology high_school_chemistry high_school_computer_science
                                high_school_mathematics high_school_physics high_school_statistics
                                machine_learning
                                """),
                new Category("humanities", """
                                formal_logic high_school_european_history high_school_us_history
                                high_school_world_history international_law jurisprudence logical_fallacies
                                moral_disputes moral_scenarios philosophy prehistory professional_law
                                world_religions
                                """),
                new Category("social_sciences", """
                                econometrics high_school_geography high_school_government_and_politics
                                high_school_macroeconomics high_school_microeconomics high_school_psychology
                                human_sexuality professional_psychology public_relations security_studies
                                sociology us_foreign_policy
                                """),
                new Category("other", """
                                business_ethics clinical_knowledge college_medicine global_facts human_aging
                                management marketing medical_genetics miscellaneous nutrition
                                professional_accounting professional_medicine virology
                                """));
        for (Category category : all) {
            for (String subject : category.subjects().strip().split("\\s+")) {
                categories.put(subject, category.name());
            }
        }
        return categories;
    }

    private record Category(String name, String subjects) {}
}

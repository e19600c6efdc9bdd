package org.tunebench.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules: core ← train, eval, reports ← cli; none between the three, none in a circle. */
@AnalyzeClasses(packages = "org.tunebench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String TRAIN = "org.tunebench.train..";
    private static final String EVAL = "org.tunebench.eval..";
    private static final String REPORTS = "org.tunebench.reports..";
    private static final String DATA = "org.tunebench.benchmarks..";
    private static final String CLI = "org.tunebench.cli..";

    @ArchTest
    static final ArchRule core_usesNoOtherModule = module("org.tunebench.core..", TRAIN, EVAL, REPORTS, DATA, CLI);

    @ArchTest
    static final ArchRule train_usesCoreOnly = module(TRAIN, EVAL, REPORTS, DATA, CLI);

    @ArchTest
    static final ArchRule eval_usesCoreOnly = module(EVAL, TRAIN, REPORTS, DATA, CLI);

    @ArchTest
    static final ArchRule reports_useCoreOnly = module(REPORTS, TRAIN, EVAL, DATA, CLI);

    @ArchTest
    static final ArchRule benchmarksData_usesCoreAndTrain = module(DATA, EVAL, REPORTS, CLI);

    @ArchTest
    static final ArchRule modules_haveNoCycles =
            slices().matching("org.tunebench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_sayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Impl|Manager|Helper|Common)")
            .allowEmptyShould(false);

    private static ArchRule module(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }
}

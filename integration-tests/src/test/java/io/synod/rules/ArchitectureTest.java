package io.synod.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The layer and purity rules, on every class of the project. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private static final String ROOT = "io.synod";

  private JavaClasses classes;

  @BeforeAll
  void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
  }

  @TestFactory
  Stream<DynamicTest> holds() {
    List<ArchRule> rules = new ArrayList<>(new LayerRules(ROOT).all());
    rules.addAll(new PurityRules(ROOT).all());
    return rules.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  @Test
  void everyModuleWithSourcesWasRead() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    for (SourceFile file : SourceTree.read(SourceTree.root())) {
      boolean built = !file.packageName().startsWith("io.synod.benchmarks") && !file.isForeign();
      if (built && file.isMainJava() && !file.name().equals("package-info.java")) {
        missing.add(file.packageName() + "." + file.name().replace(".java", ""));
      }
    }
    classes.stream().map(JavaClass::getName).forEach(missing::remove);
    assertThat(missing).as("sources whose classes the rules do not see").isEmpty();
  }

  @Test
  void everyDirectoryOfModulesIsALayer() throws IOException {
    Path modules = SourceTree.root().resolve("modules");
    assertThat(SourceTree.directoriesIn(modules)).isSubsetOf(LayerRules.LAYERS.keySet());
  }
}

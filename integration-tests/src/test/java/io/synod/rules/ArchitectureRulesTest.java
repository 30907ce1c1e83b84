package io.synod.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and purity rule fails on the samples below {@code io.synod.rules.bad}. */
class ArchitectureRulesTest {
  private static final String ROOT = "io.synod.rules.bad";
  private static final LayerRules LAYERS = new LayerRules(ROOT);
  private static final PurityRules PURITY = new PurityRules(ROOT);
  private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(ROOT);

  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of(LAYERS.apiUsesTheJdkOnly(), "api.UsesLibrary"),
        Arguments.of(LAYERS.layerUsesLowerLayersOnly("consensus"), "consensus.ReachesElection"),
        Arguments.of(PURITY.noInputOutput(), "register.DoesInputOutput"),
        Arguments.of(PURITY.streamsForSnapshotsOnly(), "register.OpensStream"),
        Arguments.of(PURITY.noThreadsOrSystem(), "register.UsesThreads"),
        Arguments.of(PURITY.noClock(), "register.ReadsClock"),
        Arguments.of(PURITY.noChance(), "register.DrawsLots"),
        Arguments.of(PURITY.noHashOrder(), "register.FollowsHashOrder"),
        Arguments.of(PURITY.noLogging(), "register.Logs"),
        Arguments.of(PURITY.noThreadStartsOutsideTheRim(), "api.StartsThread"),
        Arguments.of(PURITY.noMutableStatics(), "api.KeepsStatic"));
  }

  static Stream<String> layers() {
    return LayerRules.LAYERS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void failsOnEveryMethodOfItsSample(ArchRule rule, String sample) {
    String report = report(rule);
    assertThat(report).contains(ROOT + "." + sample);
    for (JavaMethod method : SAMPLES.get(ROOT + "." + sample).getMethods()) {
      if (!method.getName().startsWith("lambda$")) {
        assertThat(report).contains(sample + "." + method.getName() + "(");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void failsOnALayerThatReachesUp(String layer) {
    assertThat(report(LAYERS.layerUsesLowerLayersOnly(layer)))
        .contains(layer + ".ReachesUp.up()> calls constructor");
  }

  @Test
  void noRuleSpeaksOfTheGoodSample() {
    List<ArchRule> rules = new ArrayList<>(LAYERS.all());
    rules.addAll(PURITY.all());
    assertThat(rules).allSatisfy(rule -> assertThat(report(rule)).doesNotContain("Pure"));
  }

  private static String report(ArchRule rule) {
    return String.join("\n", rule.evaluate(SAMPLES).getFailureReport().getDetails());
  }
}

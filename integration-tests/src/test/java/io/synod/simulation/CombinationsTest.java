package io.synod.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.runtime.Synod;
import io.synod.runtime.config.Inputs;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.Variant;
import io.synod.testkit.sim.Simulation;
import io.synod.testkit.sim.Variants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of variants. Those that choose differently for one slot are refused; all others run,
 * here for a few seeds, and are what a node is composed of whose file names the one and overrides
 * what the other chooses.
 */
class CombinationsTest {
  private static final List<String> REFUSED = List.of(
      "fall+classic", "classic+vertical", "winter+cheap", "winter+vertical", "cheap+vertical",
      "crash-stop+summer", "winter+summer", "cheap+summer", "summer+vertical",
      "crash-stop+cas", "winter+cas", "cheap+cas", "cas+vertical", "summer+cas",
      "crash-stop+leased", "winter+leased", "cheap+leased", "leased+vertical", "summer+leased",
      "cas+leased");

  /** A pair with fall is the other one, where fall is not contradicted. */
  private static final List<String> LEGAL = List.of(
      "fall+crash-stop", "fall+winter", "fall+cheap", "fall+spring", "fall+vertical",
      "classic+crash-stop", "classic+winter", "classic+cheap", "classic+spring",
      "crash-stop+winter", "crash-stop+cheap", "crash-stop+spring", "crash-stop+vertical",
      "winter+spring", "cheap+spring", "spring+vertical",
      "fall+summer", "classic+summer", "spring+summer", "fall+cas", "classic+cas", "spring+cas",
      "fall+leased", "classic+leased", "spring+leased");

  private static Stream<String> legal() {
    return LEGAL.stream();
  }

  private static Stream<String> refused() {
    return REFUSED.stream();
  }

  @Test
  void allPairsAreListed() {
    List<String> names = Variants.names();
    List<String> pairs = IntStream.range(0, names.size()).boxed()
        .flatMap(i -> names.subList(i + 1, names.size()).stream()
            .map(other -> names.get(i) + "+" + other)).toList();
    assertThat(Stream.concat(legal(), refused()))
        .containsExactlyInAnyOrderElementsOf(pairs);
    assertThat(names).containsExactlyInAnyOrderElementsOf(
        Variant.all().stream().map(Variant::name)
            .filter(name -> !name.equals(Variants.ABD)).toList()); // it has no log
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aPairThatContradictsItselfIsRefusedByName(String pair) {
    String[] both = pair.split("\\+");
    assertThatThrownBy(() -> new Variants().named(pair))
        .hasMessageStartingWith(both[0] + " and " + both[1] + " contradict each other: synod.");
  }

  @ParameterizedTest
  @MethodSource("legal")
  void aLegalPairRunsUnderAllOracles(String pair) {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(Simulation.of(new Variants().named(pair)).seed(seed).seconds(2).run()
          .firstViolation()).as("%s, seed %s", pair, seed).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("legal")
  void aLegalPairIsASoundConfiguration(String pair) {
    String[] both = pair.split("\\+");
    Map<String, String> keys = new LinkedHashMap<>(Map.of(
        "synod.variant", both[0], "synod.node", "n1", "synod.data", "data", "synod.members",
        "n1@h1:1,n2@h2:1,n3@h3:1" + (pair.contains("cheap") ? "=auxiliary" : "")
            + (pair.contains("summer") ? ",d1@disk:///d1,d2@disk:///d2" : "")
            + (pair.contains("cas") ? ",d1@jdbc:h2:/d1,d2@jdbc:h2:/d2" : "")
            + (pair.contains("leased") ? ",d1@leased:///d1,d2@leased:///d2" : "")));
    Map<String, String> fall = chosenBy(Variant.DEFAULT);
    chosenBy(both[1]).forEach((key, value) -> {
      if (!value.equals(fall.get(key)) && !confirmedOtherwise(pair, key)) {
        keys.put(key, value);
      }
    });
    if (pair.contains("vertical")) {
      keys.put("synod.master.servers", "m1:1");
    }
    assertThatCode(() -> NodeConfig.resolve(Synod.catalog(), Inputs.of(keys)))
        .doesNotThrowAnyException();
  }

  /** The election of spring has a majority confirm in any case. */
  private static boolean confirmedOtherwise(String pair, String key) {
    return pair.contains("spring") && key.equals("synod.election.confirm");
  }

  private static Map<String, String> chosenBy(String name) {
    return Variant.all().stream().filter(variant -> variant.name().equals(name)).findFirst()
        .orElseThrow().defaults();
  }
}

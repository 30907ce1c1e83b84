package io.synod.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which module may use which, over the packages below one root. */
final class LayerRules {
  /** Each pure module and the other pure modules it may use, lowest first. */
  static final Map<String, List<String>> LAYERS = layers();

  private final String root;

  LayerRules(String root) {
    this.root = root;
  }

  List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(apiUsesTheJdkOnly());
    LAYERS.keySet().forEach(layer -> rules.add(layerUsesLowerLayersOnly(layer)));
    return rules;
  }

  ArchRule apiUsesTheJdkOnly() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".api..")
        .should()
        .dependOnClassesThat(not(resideInAnyPackage("java..", root + ".api..")))
        .because("whoever compiles against the api must not inherit our choice of libraries")
        .allowEmptyShould(true);
  }

  ArchRule layerUsesLowerLayersOnly(String layer) {
    List<String> allowed = new ArrayList<>();
    allowed.add(root + ".api..");
    allowed.add(root + "." + layer + "..");
    LAYERS.get(layer).forEach(lower -> allowed.add(root + "." + lower + ".."));
    return noClasses()
        .that()
        .resideInAPackage(root + "." + layer + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .because(layer + " may use the api and " + LAYERS.get(layer) + " only")
        .allowEmptyShould(true);
  }

  private static Map<String, List<String>> layers() {
    Map<String, List<String>> layers = new LinkedHashMap<>();
    layers.put("quorum", List.of());
    layers.put("link", List.of());
    layers.put("register", List.of("quorum", "link"));
    layers.put("consensus", List.of("quorum", "link", "register"));
    layers.put("broadcast", List.of("quorum", "link", "register", "consensus"));
    layers.put("replication", List.of("quorum", "link", "register", "consensus", "broadcast"));
    // Beside the others: they know a leader, or a shared memory, through the api only.
    layers.put("election", List.of("quorum", "link"));
    layers.put("sharedmemory", List.of("quorum", "link"));
    // Above them: a reconfiguration moves whole layers from one era to the next.
    layers.put(
        "reconfig",
        List.of("quorum", "link", "register", "consensus", "broadcast", "replication"));
    return Collections.unmodifiableMap(layers);
  }
}

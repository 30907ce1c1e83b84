package io.synod.testkit.sim;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How large a run is and what may go wrong in it: everything that can be made smaller while the
 * seed and the variant stay. Immutable.
 *
 * @param nodes 0 draws their number from the seed
 * @param onlyFaults if present, nothing is injected but these (see {@link Simulation#onlyFaults})
 */
public record Scenario(
    int nodes, double seconds, Set<FaultKind> faults, Optional<Set<String>> onlyFaults,
    int clients, double thinkMillis) {
  /** Copies the sets, in their order. */
  public Scenario {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    kinds.addAll(faults);
    faults = Collections.unmodifiableSet(kinds);
    onlyFaults = onlyFaults.map(names -> Collections.unmodifiableSet(new TreeSet<>(names)));
  }

  /** With so many nodes. */
  public Scenario nodes(int fewer) {
    return new Scenario(fewer, seconds, faults, onlyFaults, clients, thinkMillis);
  }

  /** With faults for so long. */
  public Scenario seconds(double shorter) {
    return new Scenario(nodes, shorter, faults, onlyFaults, clients, thinkMillis);
  }

  /** With these kinds of faults. */
  public Scenario faults(Set<FaultKind> fewer) {
    return new Scenario(nodes, seconds, fewer, onlyFaults, clients, thinkMillis);
  }

  /** With these injections alone. */
  public Scenario onlyFaults(Set<String> names) {
    return new Scenario(nodes, seconds, faults, Optional.of(names), clients, thinkMillis);
  }

  /** With so many clients, each thinking so long. */
  public Scenario load(int fewer, double longer) {
    return new Scenario(nodes, seconds, faults, onlyFaults, fewer, longer);
  }

  /** The options of {@code synod sim} that say the same. */
  public String options() {
    String only = onlyFaults.map(names -> " --only-faults " + list(names)).orElse("");
    return "--nodes " + nodes + " --sim-seconds " + plain(seconds) + " --faults " + kinds()
        + only + " --clients " + clients + " --think-millis " + plain(thinkMillis);
  }

  private String kinds() {
    if (faults.size() == FaultKind.values().length) {
      return "all";
    }
    return list(faults.stream().map(FaultKind::label)
        .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(",", names);
  }

  private static String plain(double number) {
    BigDecimal exact = BigDecimal.valueOf(number);
    return exact.setScale(Math.max(0, exact.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY)
        .toPlainString();
  }
}

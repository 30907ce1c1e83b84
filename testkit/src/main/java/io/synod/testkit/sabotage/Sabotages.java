package io.synod.testkit.sabotage;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All rules that can be broken by name. */
public final class Sabotages {
  private Sabotages() {}

  /** All of them, by area. */
  public static List<Sabotage> all() {
    return Stream.of(
            DiskMutants.all(), AcceptorMutants.all(), ProposerMutants.all(), QuorumMutants.all(),
            OrderMutants.all(), SnapshotMutants.all(), ReplicaMutants.all(), ReadMutants.all(),
            MembershipMutants.all(), EraMutants.all(), LeaseMutants.all(),
            MasterMutants.all(), WinterMutants.all(), PassiveMutants.all(),
            MemoryMutants.all(), LearnerMutants.all(), ElectionMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The one of that name; refuses an unknown one, naming the known. */
  public static Sabotage named(String name) {
    return all().stream()
        .filter(sabotage -> sabotage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "no sabotage is named '" + name + "'; known are " + all().stream()
                .map(Sabotage::name).collect(Collectors.joining(", "))));
  }
}

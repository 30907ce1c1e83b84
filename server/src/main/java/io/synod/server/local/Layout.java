package io.synod.server.local;

import io.synod.api.membership.Seat;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.Slot;
import io.synod.quorum.CheapPlugin;
import io.synod.runtime.config.Variant;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Who does what in a small cluster of a variant where nobody says more.
 *
 * @param processes how many members are processes
 */
public record Layout(Variant variant, int processes) {
  /** The same for one that is named; for one that is unknown, as for the usual one. */
  public static Layout of(String variant, int processes) {
    return new Layout(
        Variant.named(variant).orElseGet(() -> Variant.all().get(0)), processes);
  }

  /** Of the process with that index from zero; one beyond the founders is to be a full member. */
  public Role role(int index) {
    boolean reserve = CheapPlugin.NAME.equals(variant.defaults().get(Slot.QUORUM.key()));
    if (reserve && index < processes && index > processes / 2) {
      return Role.AUXILIARY;
    }
    return variant.passive().isPresent() ? Role.PROPOSER : Role.ACCEPTOR;
  }

  /** The acceptors that are no processes: where there are any, they alone vote. */
  public List<Seat> passive(UnaryOperator<String> place) {
    return variant.passive().stream().flatMap(scheme -> Stream.of("d1", "d2", "d3").map(id ->
        new Seat(NodeId.of(id), URI.create(address(scheme, place.apply(id))), Role.PASSIVE)))
        .toList();
  }

  private static String address(String scheme, String place) {
    return scheme.equals("jdbc") ? "jdbc:h2:file:" + place + "/acceptor;AUTO_SERVER=TRUE"
        : scheme + "://" + place;
  }
}

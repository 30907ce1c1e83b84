package io.synod.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who takes part in an era: members, the name of the quorum system over its acceptors (such as
 * {@code majority}) and the consensus mode. Members are kept in the order of their ids.
 */
public record Configuration(List<Member> members, String quorum) {
  /** Refuses an empty member list and two members of one id. */
  public Configuration {
    Objects.requireNonNull(quorum, "quorum");
    List<Member> sorted = new ArrayList<>(members);
    sorted.sort((a, b) -> a.id().compareTo(b.id()));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).id().equals(sorted.get(i - 1).id())) {
        throw new IllegalArgumentException("two members are named " + sorted.get(i).id());
      }
    }
    if (sorted.stream().noneMatch(m -> m.role() != Role.LEARNER)) {
      throw new IllegalArgumentException("a configuration needs an acceptor");
    }
    members = List.copyOf(sorted);
  }

  /** The member of that id, if there is one. */
  public Optional<Member> member(NodeId id) {
    for (Member m : members) {
      if (m.id().equals(id)) {
        return Optional.of(m);
      }
    }
    return Optional.empty();
  }

  /** The ids of those who vote, in order. */
  public List<NodeId> acceptors() {
    return members.stream().filter(m -> m.role() != Role.LEARNER).map(Member::id).toList();
  }

  /** The ids of all members, in order. */
  public List<NodeId> ids() {
    return members.stream().map(Member::id).toList();
  }
}

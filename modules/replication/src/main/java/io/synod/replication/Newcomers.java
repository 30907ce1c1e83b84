package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Those of a wanted configuration whose store has no vote in the one in force: they learn first,
 * and count only once they have caught up. A change that they would hold up is never proposed.
 */
final class Newcomers {
  /** Looks back so many times: a newcomer has what was decided then. */
  private static final int BEHIND = 64;

  private final TotalOrderBroadcast broadcast;
  private final EraKeeper eras;
  private final Configuration inForce;
  private final Configuration wanted;
  private final ArrayDeque<InstanceId> decided = new ArrayDeque<>();

  Newcomers(
      TotalOrderBroadcast broadcast, EraKeeper eras, Configuration inForce, Configuration wanted) {
    this.broadcast = broadcast;
    this.eras = eras;
    this.inForce = inForce;
    this.wanted = wanted;
    decided.add(broadcast.decided());
  }

  Configuration wanted() {
    return wanted;
  }

  void invite() {
    eras.reachable(wanted);
    wanted.ids().stream().filter(this::isNew).forEach(id -> broadcast.invite(id, true));
  }

  void uninvite() {
    wanted.ids().forEach(id -> broadcast.invite(id, false));
  }

  /** No member yet, or one whose store is another now. */
  private boolean isNew(NodeId id) {
    Optional<Member> member = inForce.member(id);
    if (member.isEmpty() || member.get().role() == Role.LEARNER) {
      return true;
    }
    Role was = member.get().role();
    boolean promoted = wanted.member(id).map(Member::role).filter(will ->
        will.votes() && !was.votes() || will.learns() && !was.learns()).isPresent();
    return promoted || eras.replaced(member.get());
  }

  /** A short while has gone by: those who were late then are asked where they are now. */
  void tick() {
    late(decided.peek()).forEach(id -> broadcast.invite(id, true));
    decided.add(broadcast.decided());
    if (decided.size() > BEHIND) {
      decided.poll();
    }
  }

  /** Whether all have learned what was decided a short while ago. */
  boolean ready() {
    return late(decided.peek()).isEmpty();
  }

  /** Whether the change is no use without it. */
  private static boolean wanted(Member member) {
    return member.role().votes() || member.role().leads();
  }

  private List<NodeId> late(InstanceId least) {
    List<NodeId> late = new ArrayList<>();
    for (Member member : wanted.members()) {
      boolean must = wanted(member) && isNew(member.id());
      boolean behind = member.role().leads() && eras.decided(member.id()).before(least);
      if (must && (eras.store(member.id()).isEmpty() || behind)) {
        late.add(member.id());
      }
    }
    return late;
  }

  /** Those that have said nothing within that time, each with its address, for people. */
  List<String> unheard(long withinNanos) {
    return wanted.members().stream()
        .filter(m -> wanted(m) && isNew(m.id()) && !eras.hears(m.id(), withinNanos))
        .map(m -> m.id() + " at " + m.place()).toList();
  }

  /** Who is not ready, and why, for people. */
  String behind() {
    InstanceId least = decided.peek();
    List<String> each = new ArrayList<>();
    for (NodeId id : late(least)) {
      each.add(broadcast.standing(id).map(Progress::decided)
          .map(d -> id + " has learned up to instance " + d + " of " + broadcast.decided())
          .orElse(id + " was not heard"));
    }
    return "new members have to catch up: " + String.join(", ", each);
  }

  /** The configuration with the stores that stand behind its members now. */
  Configuration resolved() {
    List<Member> members = new ArrayList<>();
    for (Member member : wanted.members()) {
      Optional<Member> before = inForce.member(member.id());
      boolean named = isNew(member.id()) || !member.role().votes();
      Incarnation store = named
          ? eras.store(member.id()).orElse(member.incarnation())
          : before.orElseThrow().incarnation();
      members.add(new Member(member.id(), store, member.acceptor(), member.role()));
    }
    return wanted.members(members);
  }
}

package io.synod.runtime.node;

import io.synod.api.membership.Change;
import io.synod.api.membership.MembershipStatus;
import io.synod.api.membership.MembershipStatus.Standing;
import io.synod.api.membership.Plan;
import io.synod.api.membership.Plan.Strength;
import io.synod.api.model.Configuration;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Role;
import io.synod.quorum.Resilience;
import io.synod.replication.MembershipFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Works out what a change would do. Any thread: it only looks at facts. */
final class Planner {
  private final Function<Configuration, QuorumSystem> quorums;
  private final MembershipFacts facts;
  private final List<String> refusals = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Planner(Function<Configuration, QuorumSystem> quorums, MembershipFacts facts) {
    this.quorums = quorums;
    this.facts = facts;
  }

  /** Refuses a change that makes no sense with an IllegalArgumentException. */
  Plan plan(Change change) {
    MembershipStatus status = facts.status();
    Configuration before = status.configuration();
    Configuration after = change.applyTo(before);
    status.pending().ifPresent(p -> refusals.add(
        "another change is on its way: era " + status.made() + " is made and not active yet"));
    status.change().ifPresent(c -> refusals.add("another change is on its way: " + c));
    TreeSet<NodeId> joining = joining(before, after);
    Strength now = strength(before, Set.of());
    Strength then = sound(after) ? strength(after, joining)
        : new Strength(after, -1, List.of(), List.of());
    Strength weaker = then.tolerates() < now.tolerates() ? then : now;
    judge(now, then, before, after);
    return new Plan(
        status.made(), now, weaker, then, copies(after, joining), refusals, warnings);
  }

  private boolean sound(Configuration after) {
    after.flaw().ifPresent(refusals::add);
    try {
      return quorums.apply(after).acceptors().equals(after.acceptors());
    } catch (IllegalArgumentException e) {
      refusals.add(e.getMessage());
      return false;
    }
  }

  private static TreeSet<NodeId> joining(Configuration before, Configuration after) {
    TreeSet<NodeId> joining = new TreeSet<>();
    for (Member member : after.members()) {
      Optional<Member> known = before.member(member.id());
      boolean learned = known.isPresent() && known.get().acceptor().equals(member.acceptor());
      if (!learned) {
        joining.add(member.id());
      }
    }
    return joining;
  }

  /** New members count as alive: the change waits for them. */
  private Strength strength(Configuration configuration, Set<NodeId> joining) {
    TreeSet<NodeId> silent = new TreeSet<>(configuration.acceptors());
    silent.removeIf(id -> joining.contains(id) || isHeard(id));
    List<NodeId> loss = Resilience.smallestLoss(quorums.apply(configuration), silent);
    return new Strength(configuration, loss.size() - 1, List.copyOf(silent), loss);
  }

  private boolean isHeard(NodeId id) {
    return standing(id).filter(Standing::isHeard).isPresent();
  }

  private Optional<Standing> standing(NodeId id) {
    return facts.status().standings().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  private void judge(Strength now, Strength then, Configuration before, Configuration after) {
    if (refusals.isEmpty() && then.smallestLoss().isEmpty()) {
      refusals.add("the service would stop: " + then.silent()
          + " are silent, and the other acceptors are no quorum");
    }
    if (now.smallestLoss().isEmpty()) {
      refusals.add("the service has stopped: " + now.silent()
          + " are silent, and the other acceptors are no quorum");
    }
    if (then.tolerates() == 0 && now.tolerates() > 0) {
      warnings.add("no failure is tolerated afterwards: the loss of " + then.smallestLoss()
          + " stops the service");
    }
    if (after.acceptors().size() % 2 == 0 && after.quorum().equals("majority")) {
      warnings.add("an even number of acceptors tolerates no more than one less would");
    }
    if (before.equals(after)) {
      warnings.add("these are the members, quorums and mode already; only stores that have changed"
          + " under their ids would be taken up");
    }
  }

  private List<Plan.Copy> copies(Configuration after, Set<NodeId> joining) {
    List<Plan.Copy> copies = new ArrayList<>();
    for (NodeId id : joining) {
      if (after.member(id).filter(m -> m.role() == Role.AUXILIARY).isEmpty()) {
        copies.add(copy(id));
      }
    }
    return copies;
  }

  /** A snapshot and all that follows; or, from decisions that are still kept, its share of them. */
  private Plan.Copy copy(NodeId id) {
    InstanceId has = standing(id).flatMap(Standing::decided).orElse(InstanceId.NONE);
    long missing = Math.max(0, facts.decided().minus(has));
    if (has.next().before(facts.retained())) {
      return new Plan.Copy(id, facts.snapshotBytes() + facts.logBytes(), missing);
    }
    long logged = Math.max(1, facts.decided().minus(facts.snapshot()));
    return new Plan.Copy(id, facts.logBytes() * Math.min(missing, logged) / logged, missing);
  }
}

package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.effect.Timers;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.MembershipStatus.Standing;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Reconfigure;
import io.synod.api.plugin.LayerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Changes of configuration, run by the leader one at a time: new members catch up first, then the
 * change goes through the log, then it is waited for until the new era is active and recorded.
 * Loop thread only; the outcome comes on the loop, too.
 */
public final class Reconfiguration {
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();
  private static final long SILENT_NANOS = Standing.SILENT.toNanos();

  /** A new member that is silent for so long is not waited for. */
  private static final long UNHEARD_NANOS = Duration.ofSeconds(10).toNanos();

  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private Change running;
  private Timers.Timer timer;

  private final class Change {
    private final Newcomers newcomers;
    private final Consumer<ChangeOutcome> then;
    private final long begun;
    private final long deadline;
    private final Era expected;
    private final Era makes;
    private final Configuration before;
    private Configuration target;
    private String doing = "begins";

    Change(Newcomers newcomers, Era expected, Consumer<ChangeOutcome> then) {
      this.newcomers = newcomers;
      this.expected = expected;
      this.makes = expected.next();
      this.begun = context.clock().nanos();
      this.deadline = begun
          + context.settings().nanos(ReplicationSettings.MEMBERSHIP_TIMEOUT);
      this.then = then;
      this.before = layers.authority().known(expected).orElse(newcomers.wanted());
    }

    long since() {
      return context.clock().nanos() - begun;
    }

    boolean overdue() {
      return context.clock().nanos() - deadline >= 0;
    }
  }

  Reconfiguration(LayerContext context, Layers layers, EraKeeper eras) {
    this.context = context;
    this.layers = layers;
    this.eras = eras;
  }

  /** What is known of eras and their configurations. */
  public Eras eras() {
    return layers.authority().eras();
  }

  /** What the change on its way is waiting for, for people; empty if there is none. */
  Optional<String> doing() {
    return Optional.ofNullable(running).map(change -> change.doing);
  }

  /** Everybody that the change on its way is about. */
  Set<NodeId> concerned() {
    return running == null ? new TreeSet<>() : new TreeSet<>(running.newcomers.wanted().ids());
  }

  /**
   * Replaces the configuration as a compare-and-set. What has been made already is waited for.
   *
   * @param expected the era that is to be followed
   * @param wanted the new configuration; a member of another store than the one in force is taken
   *     with whatever store answers under its id
   */
  public void change(Era expected, Configuration wanted, Consumer<ChangeOutcome> then) {
    Optional<ChangeOutcome> refusal = refusal(expected, wanted);
    if (refusal.isPresent()) {
      then.accept(refusal.get());
      return;
    }
    Configuration inForce = layers.authority().known(expected).orElse(wanted);
    Newcomers newcomers = new Newcomers(layers.broadcast(), eras, inForce, wanted);
    running = new Change(newcomers, expected, then);
    if (!isMade(expected, wanted)) {
      newcomers.invite();
    }
    look();
  }

  private Optional<ChangeOutcome> refusal(Era expected, Configuration wanted) {
    if (!layers.broadcast().leading()) {
      return Optional.of(new ChangeOutcome.NotLeader(layers.election().leader()));
    }
    Era made = layers.authority().made();
    String reason = null;
    if (running != null) {
      reason = "another change is on its way";
    } else if (isMade(expected, wanted)) {
      return Optional.empty();
    } else if (!expected.equals(made)) {
      reason = "era " + made + " is in force, not " + expected;
    } else if (layers.authority().inLog() && !made.equals(layers.authority().active())) {
      reason = "another change is on its way";
    } else {
      reason = unsound(wanted).orElse(null);
    }
    return Optional.ofNullable(reason).map(ChangeOutcome.Refused::new);
  }

  private boolean isMade(Era expected, Configuration wanted) {
    Era makes = expected.next();
    return layers.authority().made().equals(makes)
        && layers.authority().known(makes).filter(made -> made.sameSeats(wanted)).isPresent();
  }

  private Optional<String> unsound(Configuration wanted) {
    if (wanted.flaw().isPresent()) {
      return wanted.flaw();
    }
    try {
      Invariant.check(
          layers.quorums().apply(wanted).acceptors().equals(wanted.acceptors()),
          "quorums of %s for %s", wanted.quorum(), wanted.acceptors());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Somebody has said how far it is, or this node has recorded an era. */
  void news() {
    if (running != null) {
      timer.cancel();
      look();
    }
  }

  private void tick() {
    if (running.target == null) {
      running.newcomers.tick();
    }
    look();
  }

  private void look() {
    Change change = running;
    if (change.target == null && isMade(change.expected, change.newcomers.wanted())) {
      change.target = layers.authority().configuration(change.makes); // by an earlier leader, too
    }
    if (change.target == null) {
      prepare(change);
    } else if (layers.authority().made().compareTo(change.makes) >= 0) {
      awaitActive(change);
    } else if (!layers.authority().inLog()) {
      awaitMaster(change);
    } else if (change.overdue()) {
      end(change, new ChangeOutcome.Indeterminate("leadership was lost after the change was"
          + " proposed; see whether era " + change.makes + " comes into force"));
    }
    if (running == change) {
      timer = context.timers().after(LOOK_NANOS, this::tick);
    }
  }

  private void prepare(Change change) {
    if (!layers.broadcast().leading()) {
      end(change, new ChangeOutcome.NotLeader(layers.election().leader()));
      return;
    }
    change.doing = whatLacks(change);
    List<String> unheard = change.since() < UNHEARD_NANOS
        ? List.of() : change.newcomers.unheard(UNHEARD_NANOS);
    if (!unheard.isEmpty()) {
      end(change, new ChangeOutcome.Refused("new members must be up before, but nothing was heard"
          + " of " + String.join(", ", unheard) + " for " + UNHEARD_NANOS / 1_000_000_000
          + " s; is it running there, as a node of this cluster?"));
    } else if (change.doing.isEmpty()) {
      handLeadershipOver(change).ifPresentOrElse(
          successor -> giveWay(change, successor), () -> propose(change));
    } else if (change.overdue()) {
      end(change, new ChangeOutcome.Refused("not in time: " + change.doing));
    }
  }

  /** What speaks against proposing it yet; empty if nothing does. */
  private String whatLacks(Change change) {
    if (!change.newcomers.ready()) {
      return change.newcomers.behind();
    }
    Configuration target = change.newcomers.resolved();
    Set<NodeId> heard = new TreeSet<>(target.acceptors());
    heard.removeIf(id -> !eras.hears(id, SILENT_NANOS));
    QuorumSystem quorums = layers.quorums().apply(target);
    boolean alive = quorums.isReadQuorum(heard) && quorums.isWriteQuorum(heard);
    return alive ? "" : "of the acceptors " + target.acceptors() + " only " + heard
        + " answer, which are no quorum";
  }

  /** A leader that is to leave lets somebody lead first who stays, if there is anybody. */
  private Optional<NodeId> handLeadershipOver(Change change) {
    Configuration wanted = change.newcomers.wanted();
    if (wanted.mayLead(context.self())) {
      return Optional.empty();
    }
    List<NodeId> staying = new ArrayList<>(change.before.ids());
    staying.removeIf(id -> !wanted.mayLead(id) || !change.before.mayLead(id)
        || !eras.hears(id, SILENT_NANOS));
    return staying.stream().max((a, b) -> eras.decided(a).compareTo(eras.decided(b)));
  }

  private void giveWay(Change change, NodeId successor) {
    context.events().note("hands leadership to " + successor + ", as this node is to leave");
    layers.election().prefer(successor);
    end(change, new ChangeOutcome.NotLeader(Optional.of(successor)));
  }

  private void propose(Change change) {
    Configuration target = change.newcomers.resolved();
    Era expected = layers.authority().made();
    if (!expected.next().equals(change.makes)) {
      end(change, new ChangeOutcome.Refused("era " + expected + " came into force meanwhile"));
      return;
    }
    eras.reachable(target);
    Admission admission = layers.broadcast().reconfigure(new Reconfigure(expected, target));
    if (admission == Admission.TAKEN) {
      change.target = target;
      change.doing = "era " + change.makes + " is proposed";
    } else if (change.overdue()) {
      end(change, new ChangeOutcome.Refused("another change did not end in time"));
    }
  }

  /** A leader that was deposed and leads again has to ask anew. */
  private void awaitMaster(Change change) {
    change.doing = "era " + change.makes + " waits for the configuration master";
    Admission admission = layers.broadcast().reconfigure(
        new Reconfigure(change.expected, change.target));
    if (admission == Admission.NOT_LEADER) {
      end(change, new ChangeOutcome.NotLeader(layers.election().leader()));
    } else if (change.overdue()) {
      end(change, new ChangeOutcome.Indeterminate("the configuration master has not answered in"
          + " time; see whether era " + change.makes + " comes into force"));
    }
  }

  /**
   * Whether another change may begin. One that the master has made, but whose acceptors do not all
   * answer, is given up for it: no other era can be waited for.
   */
  boolean free() {
    Change change = running;
    if (change == null) {
      return true;
    }
    boolean stuck = !layers.authority().inLog() && change.target != null
        && layers.authority().made().equals(change.makes)
        && layers.authority().active().compareTo(change.makes) < 0;
    if (stuck) {
      end(change, new ChangeOutcome.Indeterminate("era " + change.makes
          + " was made, but not all of its acceptors answer; a change without them follows"));
    }
    return stuck;
  }

  private void awaitActive(Change change) {
    Configuration made = layers.authority().known(change.makes).orElse(null);
    if (!change.target.equals(made)) {
      end(change, new ChangeOutcome.Refused("another change to era " + change.makes
          + " was chosen first"));
      return;
    }
    Set<NodeId> recorded = new TreeSet<>(change.target.acceptors());
    recorded.removeIf(id -> !eras.recorded(id, change.makes));
    change.doing = "era " + change.makes + " is made; " + recorded + " have recorded it as active";
    if (layers.quorums().apply(change.target).isWriteQuorum(recorded)) {
      var leaving = change.before.ids().stream()
          .filter(id -> change.target.member(id).isEmpty()).toList();
      end(change, new ChangeOutcome.Active(change.makes, change.target, leaving));
    } else if (change.overdue()) {
      end(change, new ChangeOutcome.Indeterminate("era " + change.makes
          + " was made, but only " + recorded + " have recorded it in time"));
    }
  }

  private void end(Change change, ChangeOutcome outcome) {
    running = null;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    change.newcomers.uninvite();
    context.events().note("change to era " + change.makes + ": " + outcome);
    change.then.accept(outcome);
  }
}

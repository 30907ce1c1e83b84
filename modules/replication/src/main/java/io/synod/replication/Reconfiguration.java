package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.effect.Timers;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.plugin.LayerContext;
import java.time.Duration;
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
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private Change running;
  private Timers.Timer timer;

  private final class Change {
    private final Newcomers newcomers;
    private final Consumer<ChangeOutcome> then;
    private final long deadline;
    private final Era makes;
    private Configuration before;
    private Configuration target;

    Change(Newcomers newcomers, Era expected, long deadline, Consumer<ChangeOutcome> then) {
      this.newcomers = newcomers;
      this.makes = expected.next();
      this.deadline = deadline;
      this.then = then;
      this.before = layers.authority().configuration(expected);
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

  /**
   * Replaces the configuration as a compare-and-set.
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
    long deadline = context.clock().nanos()
        + context.settings().nanos(ReplicationSettings.MEMBERSHIP_TIMEOUT);
    Configuration inForce = layers.authority().configuration(expected);
    Newcomers newcomers = new Newcomers(layers.broadcast(), eras, inForce, wanted);
    running = new Change(newcomers, expected, deadline, then);
    newcomers.invite();
    look();
  }

  private Optional<ChangeOutcome> refusal(Era expected, Configuration wanted) {
    if (!layers.broadcast().leading()) {
      return Optional.of(new ChangeOutcome.NotLeader(layers.election().leader()));
    }
    Era made = layers.authority().made();
    String reason = null;
    if (!expected.equals(made)) {
      reason = "era " + made + " is in force, not " + expected;
    } else if (running != null || !made.equals(layers.authority().active())) {
      reason = "another change is on its way";
    } else {
      reason = unsound(wanted);
    }
    return Optional.ofNullable(reason).map(ChangeOutcome.Refused::new);
  }

  private String unsound(Configuration wanted) {
    try {
      Invariant.check(
          layers.quorums().apply(wanted).acceptors().equals(wanted.acceptors()),
          "quorums of %s for %s", wanted.quorum(), wanted.acceptors());
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private void lookAgain() {
    timer = context.timers().after(LOOK_NANOS, this::look);
  }

  private void look() {
    Change change = running;
    if (change.target == null) {
      prepare(change);
    } else if (layers.authority().made().compareTo(change.makes) >= 0) {
      awaitActive(change);
    } else if (overdue(change)) {
      end(change, new ChangeOutcome.Indeterminate("leadership was lost after the change was"
          + " proposed; see whether era " + change.makes + " comes into force"));
    }
    if (running == change) {
      lookAgain();
    }
  }

  private boolean overdue(Change change) {
    return context.clock().nanos() - change.deadline >= 0;
  }

  private void prepare(Change change) {
    if (!layers.broadcast().leading()) {
      end(change, new ChangeOutcome.NotLeader(layers.election().leader()));
    } else if (change.newcomers.ready()) {
      propose(change);
    } else if (overdue(change)) {
      end(change, new ChangeOutcome.Refused(change.newcomers.behind()));
    }
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
    } else if (overdue(change)) {
      end(change, new ChangeOutcome.Refused("another change did not end in time"));
    }
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
    if (layers.quorums().apply(change.target).isWriteQuorum(recorded)) {
      var leaving = change.before.ids().stream()
          .filter(id -> change.target.member(id).isEmpty()).toList();
      end(change, new ChangeOutcome.Active(change.makes, change.target, leaving));
    } else if (overdue(change)) {
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

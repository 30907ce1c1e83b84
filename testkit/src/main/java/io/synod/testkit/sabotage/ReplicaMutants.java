package io.synod.testkit.sabotage;

import io.synod.api.broadcast.Batch;
import io.synod.api.broadcast.TotalOrderBroadcast.Delivery;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.replication.StateMachine;
import io.synod.replication.ReplicationSettings;
import io.synod.testkit.forward.ForwardingDelivery;
import io.synod.testkit.forward.ForwardingMachine;
import io.synod.testkit.forward.ForwardingReplica;
import io.synod.testkit.sim.NodeParts;
import io.synod.testkit.sim.NodeProcess;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rules of the replicated state machine: exactly once, deterministic, honest about outcomes. */
final class ReplicaMutants {
  /** One command in so many goes wrong. */
  private static final int EVERY = 100;

  private static final long IMPATIENCE = Duration.ofMillis(30).toNanos();

  private ReplicaMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "apply-twice", "now and then a command is applied twice",
            "exactly once",
            parts -> parts.machine(ApplyTwice::new)),
        new Sabotage(
            "clock-in-apply", "whether a command has effect depends on the node's clock",
            "apply is a function of state and command",
            parts -> parts.machine(machine -> new AskTheClock(machine, parts.context()))),
        new Sabotage(
            "dedup-at-propose", "copies in the log take effect: they are dropped at proposing only",
            "exactly once, across leaders (fault C1)",
            ReplicaMutants::applyCopies),
        new Sabotage(
            "retry-with-new-number", "a node sends an unanswered command under a new number",
            "a retry is the same command (fault C2)",
            parts -> parts.process(replica(machine -> new Impatient(machine, parts.context())))),
        new Sabotage(
            "timeout-as-rejected", "an unknown outcome is reported as a refusal",
            "a refusal is certainly not done (fault C6)",
            parts -> parts
                .settings(s -> s.with(ReplicationSettings.REQUEST_TIMEOUT, Duration.ofMillis(300)))
                .process(replica(AllRejected::new))));
  }

  /** Puts something in front of the door for commands and reads. */
  static UnaryOperator<NodeProcess> replica(
      UnaryOperator<ReplicatedStateMachine> change) {
    return process -> new ForwardingProcess(process) {
      private final ReplicatedStateMachine door = change.apply(process.machine());

      @Override
      public ReplicatedStateMachine machine() {
        return door;
      }
    };
  }

  private static final class ApplyTwice extends ForwardingMachine {
    private int count;

    ApplyTwice(StateMachine inner) {
      super(inner);
    }

    @Override
    public byte[] apply(Context context, ByteBuffer command) {
      if (++count % EVERY == 0) {
        inner.apply(context, command.duplicate());
      }
      return inner.apply(context, command);
    }
  }

  private static final class AskTheClock extends ForwardingMachine {
    private final LayerContext node;
    private byte[] last;

    AskTheClock(StateMachine inner, LayerContext node) {
      super(inner);
      this.node = node;
    }

    @Override
    public byte[] apply(Context context, ByteBuffer command) {
      boolean idle = last != null && node.clock().nanos() / 1_000 % EVERY == 0;
      last = idle ? last : inner.apply(context, command);
      return last;
    }
  }

  private static NodeParts applyCopies(NodeParts parts) {
    StateMachine[] machine = new StateMachine[1];
    return parts
        .machine(inner -> machine[0] = inner)
        .broadcast(OrderMutants.delivering(
            delivery -> new CopiesCount(delivery, machine[0])));
  }

  /** Applies again what comes along the log again. */
  private static final class CopiesCount extends ForwardingDelivery {
    private final StateMachine machine;
    private final Set<Numbered> seen = new HashSet<>();

    private record Numbered(long session, long sequence) {}

    private record At(InstanceId instance, long timeMillis) implements StateMachine.Context {}

    CopiesCount(Delivery inner, StateMachine machine) {
      super(inner);
      this.machine = machine;
    }

    @Override
    public void deliver(InstanceId instance, Value value) {
      inner.deliver(instance, value);
      if (value.kind() == Value.Kind.BATCH) {
        At now = new At(instance, Batch.timeMillis(value));
        Batch.forEach(value, (index, entry) -> again(now, entry));
      }
    }

    /** An entry is a kind, 0 for commands, then session, sequence, answered, and the command. */
    private void again(At now, ByteBuffer entry) {
      boolean copy = entry.get() == 0 && !seen.add(new Numbered(entry.getLong(), entry.getLong()));
      if (copy) {
        entry.getLong();
        machine.apply(now, entry);
      }
    }
  }

  private static final class Impatient extends ForwardingReplica {
    private final LayerContext node;

    Impatient(ReplicatedStateMachine inner, LayerContext node) {
      super(inner);
      this.node = node;
    }

    @Override
    public void submit(byte[] command, Consumer<Outcome> then) {
      Consumer<Outcome> once = new Consumer<>() {
        private boolean heard;

        @Override
        public void accept(Outcome outcome) {
          if (!heard) {
            heard = true;
            then.accept(outcome);
          }
        }
      };
      inner.submit(command, once);
      node.timers().after(IMPATIENCE, () -> inner.submit(command, once));
    }
  }

  private static final class AllRejected extends ForwardingReplica {
    AllRejected(ReplicatedStateMachine inner) {
      super(inner);
    }

    @Override
    public void submit(byte[] command, Consumer<Outcome> then) {
      inner.submit(command, outcome -> then.accept(
          outcome instanceof Outcome.Indeterminate unknown
              ? new Outcome.Rejected(Outcome.Rejected.Reason.UNAVAILABLE, unknown.detail())
              : outcome));
    }
  }
}

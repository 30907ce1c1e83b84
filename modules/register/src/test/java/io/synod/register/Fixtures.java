package io.synod.register;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.quorum.MajorityPlugin;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values that the tests of this module share. */
public final class Fixtures {
  /** Three nodes. */
  public static final NodeId N1 = NodeId.of("n1");

  /** The second. */
  public static final NodeId N2 = NodeId.of("n2");

  /** The third. */
  public static final NodeId N3 = NodeId.of("n3");

  /** All three, by majority. */
  public static final Configuration THREE = new Configuration(
      List.of(
          Member.founding("n1", "h:1"), Member.founding("n2", "h:2"), Member.founding("n3", "h:3")),
      "majority");

  /** The store of the acceptor under test. */
  public static final Incarnation STORE = new Incarnation(7);

  private Fixtures() {}

  /** A value that differs with its tag. */
  public static Value value(int tag) {
    return Value.of(new byte[] {1, (byte) tag});
  }

  /** A ballot of a node. */
  public static Ballot ballot(long n, NodeId proposer) {
    return new Ballot(n, proposer, 0);
  }

  /** A 1c of era 0. */
  public static OneC oneC(Ballot ballot, long low, Value... window) {
    return new OneC(ballot, Era.ZERO, THREE, InstanceId.of(low), List.of(window));
  }

  /** What a node knows of eras, on the founders' grounds. */
  public static Authority authority(LayerContext context) {
    return new LogReconfigPlugin().create(context);
  }

  /** Majorities of a configuration's acceptors. */
  public static QuorumSystem majority(Configuration configuration) {
    return new MajorityPlugin().create(configuration.acceptors(), Settings.DEFAULTS);
  }

  /** What others add to a checkpoint, of one who knows nothing. */
  public static LocalAcceptor.Rest nothingElse() {
    return new LocalAcceptor.Rest(
        1, true, Map.of(), Eras.founding(THREE), Ballot.BOTTOM, InstanceId.NONE);
  }

  /** A context whose timers never fire by themselves. */
  public static LayerContext context(NodeId self, Effects effects, ManualTimers timers) {
    Clock clock = new Clock() {
      @Override
      public long nanos() {
        return timers.now;
      }

      @Override
      public long wallMillis() {
        return 0;
      }
    };
    return new LayerContext(
        self, STORE, THREE, effects, clock, timers, new Random(1), Events.NONE, Settings.DEFAULTS);
  }

  /** Timers that fire when told. */
  public static final class ManualTimers implements Timers {
    private final List<Due> due = new ArrayList<>();
    private long now;

    private record Due(long at, Runnable task) {}

    @Override
    public Timer after(long delayNanos, Runnable task) {
      Due entry = new Due(now + delayNanos, task);
      due.add(entry);
      return () -> due.remove(entry);
    }

    /** Lets time pass and runs what has become due. */
    public void advance(long nanos) {
      now += nanos;
      for (Due entry : List.copyOf(due)) {
        if (entry.at() <= now && due.remove(entry)) {
          entry.task().run();
        }
      }
    }
  }
}

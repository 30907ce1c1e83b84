package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.MachineObserver;
import io.synod.testkit.oracle.MachineObserver.Hashes;
import io.synod.testkit.oracle.MachineObserver.Point;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The state machine under test on one replica, and its shadow: a second instance that is given
 * the same commands, and every now and then is replaced by a fresh one restored from its
 * snapshot. Beyond its contract it gets nothing: the buffer of a command is overwritten
 * afterwards, and results are copied.
 */
final class WatchedMachine {
  private static final int COMMANDS_PER_HASH = 16;
  private static final int QUERIES_ALL_HASHED = 16;
  private static final int QUERIES_PER_HASH = 8;

  private final Life life;
  private final Application application;
  private final MachineObserver watcher;
  private final StateMachine machine;
  private StateMachine shadow;
  private long shadowFrom;
  private int queries;

  WatchedMachine(Life life, Application application, MachineObserver watcher) {
    this.life = life;
    this.application = application;
    this.watcher = watcher;
    this.machine = application.machine().get();
    this.shadow = application.machine().get();
  }

  /** Code of the user. */
  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T guarded(String what, Point at, Call<T> call) {
    try {
      return call.run();
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError thrown) {
      throw new MachineFailure(what + " at " + at, thrown);
    }
  }

  byte[] apply(StateMachine.Context context, Point at, byte[] command) {
    byte[] result = guarded("apply", at, () -> applied(machine, context, command));
    watcher.applied(life, new MachineObserver.AppliedCommand(
        at, context.timeMillis(), command, result));
    guarded("apply", at, () -> applied(shadow, context, command));
    if (at.number() % COMMANDS_PER_HASH == 0) {
      hash(at);
      renewShadow(at);
    }
    return result;
  }

  private static byte[] applied(
      StateMachine machine, StateMachine.Context context, byte[] command) {
    byte[] lent = command.clone();
    byte[] result = machine.apply(context, ByteBuffer.wrap(lent));
    Arrays.fill(lent, (byte) 0xDB);
    if (result == null) {
      throw new IllegalStateException("apply returned null instead of a result");
    }
    return result.clone();
  }

  byte[] query(Point at, byte[] query) {
    boolean compare = ++queries <= QUERIES_ALL_HASHED || queries % QUERIES_PER_HASH == 0;
    long before = compare ? state(machine, at) : 0;
    byte[] answer = guarded("query", at, () -> machine.query(ByteBuffer.wrap(query.clone())));
    if (answer == null) {
      throw new MachineFailure("query at " + at, new IllegalStateException("it returned null"));
    }
    if (compare) {
      watcher.queried(life, at, new Hashes(before, state(machine, at)));
    }
    watcher.answered(life, at, query, answer.clone());
    return answer;
  }

  /** Compares the state with that of other replicas and with that of the shadow. */
  void hash(Point at) {
    long hash = state(machine, at);
    if (shadowFrom > 0) {
      watcher.replayed(life, at, shadowFrom, new Hashes(hash, state(shadow, at)));
    }
    watcher.hashed(life, at, hash);
  }

  private void renewShadow(Point at) {
    byte[] snapshot = guarded("snapshot", at, () -> SnapshotBytes.of(shadow));
    shadow = restored(at, snapshot);
    shadowFrom = at.number();
  }

  private StateMachine restored(Point at, byte[] snapshot) {
    StateMachine fresh = application.machine().get();
    guarded("restore", at, () -> restore(fresh, snapshot));
    return fresh;
  }

  private static StateMachine restore(StateMachine machine, byte[] snapshot) throws IOException {
    machine.restore(new ByteArrayInputStream(snapshot));
    return machine;
  }

  SnapshotContent snapshot(Point at) {
    watcher.hashed(life, at, state(machine, at));
    return guarded("snapshot", at, machine::snapshot);
  }

  void restore(Point at, byte[] snapshot) {
    guarded("restore", at, () -> restore(machine, snapshot));
    shadow = restored(at, snapshot);
    shadowFrom = at.number();
    watcher.hashed(life, at, state(machine, at));
  }

  private long state(StateMachine of, Point at) {
    byte[] bytes = guarded("snapshot", at, () -> application.state().apply(of));
    long hash = bytes.length;
    ByteBuffer words = ByteBuffer.wrap(bytes);
    while (words.remaining() >= Long.BYTES) {
      hash = TraceHash.mix(hash, words.getLong());
    }
    while (words.hasRemaining()) {
      hash = TraceHash.mix(hash, words.get());
    }
    return hash;
  }
}

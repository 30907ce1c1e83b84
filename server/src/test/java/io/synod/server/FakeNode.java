package io.synod.server;

import io.synod.api.membership.Membership;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.node.Node;
import io.synod.api.node.NodeStatus;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotInfo;
import io.synod.server.kv.KeyValueMachine;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A key-value machine behind the door of a node, on one thread, whose commands and reads a test
 * can hold back or refuse.
 */
public final class FakeNode implements Node {
  private final KeyValueMachine machine = new KeyValueMachine();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private final Queue<Runnable> heldCommands = new ArrayDeque<>();
  private final Queue<Runnable> heldReads = new ArrayDeque<>();
  private final List<ReadMode> modes = Collections.synchronizedList(new ArrayList<>());
  private final List<InstanceId> minima = Collections.synchronizedList(new ArrayList<>());
  private boolean holdingCommands;
  private boolean holdingReads;
  private volatile Outcome refusal;
  private volatile boolean readsRefused;
  private volatile boolean leaderless;
  private volatile Membership membership;
  private final AtomicLong time = new AtomicLong(1_000_000);
  private final AtomicLong instance = new AtomicLong();

  @Override
  public CompletionStage<Outcome> submit(byte[] command) {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    loop.execute(() -> {
      if (refusal != null) {
        done.complete(refusal);
      } else if (holdingCommands) {
        heldCommands.add(() -> apply(command, done));
      } else {
        apply(command, done);
      }
    });
    return done;
  }

  private void apply(byte[] command, CompletableFuture<Outcome> done) {
    InstanceId at = InstanceId.of(instance.incrementAndGet());
    byte[] result = machine.apply(new At(at, time.get()), ByteBuffer.wrap(command));
    done.complete(new Outcome.Applied(at, result));
  }

  @Override
  public CompletionStage<ReadOutcome> read(ReadMode mode, InstanceId minIndex, byte[] query) {
    CompletableFuture<ReadOutcome> done = new CompletableFuture<>();
    modes.add(mode);
    minima.add(minIndex);
    loop.execute(() -> {
      if (readsRefused) {
        done.complete(new ReadOutcome.Unavailable("no quorum"));
      } else if (holdingReads) {
        heldReads.add(() -> answer(query, done));
      } else {
        answer(query, done);
      }
    });
    return done;
  }

  private void answer(byte[] query, CompletableFuture<ReadOutcome> done) {
    byte[] result = machine.query(ByteBuffer.wrap(query));
    done.complete(new ReadOutcome.Answer(InstanceId.of(instance.get()), result));
  }

  /** From now on commands wait until {@link #releaseCommands}. */
  public void holdCommands() {
    loop.execute(() -> holdingCommands = true);
  }

  /** Applies what was held. */
  public void releaseCommands() {
    loop.execute(() -> {
      holdingCommands = false;
      heldCommands.forEach(Runnable::run);
      heldCommands.clear();
    });
  }

  /** From now on reads wait until {@link #releaseReads}. */
  public void holdReads() {
    loop.execute(() -> holdingReads = true);
  }

  /** Answers what was held. */
  public void releaseReads() {
    loop.execute(() -> {
      holdingReads = false;
      heldReads.forEach(Runnable::run);
      heldReads.clear();
    });
  }

  /** Answers every command so; null applies them again. */
  public void refuse(Outcome outcome) {
    refusal = outcome;
  }

  /** Whether reads get no answer. */
  public void refuseReads(boolean refused) {
    readsRefused = refused;
  }

  /** Whether no leader is known. */
  public void setLeaderless(boolean value) {
    leaderless = value;
  }

  /** The log's time moves on. */
  public void passMillis(long millis) {
    time.addAndGet(millis);
  }

  /** Commands applied. */
  public long applied() {
    return instance.get();
  }

  /** The modes of the reads asked for. */
  public List<ReadMode> modes() {
    return modes;
  }

  /** The least indices of the reads asked for. */
  public List<InstanceId> minima() {
    return minima;
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    NodeId self = NodeId.of("n1");
    Configuration configuration = new Configuration(
        List.of(Member.founding("n1", "127.0.0.1:7371")), "majority");
    InstanceId at = InstanceId.of(instance.get());
    return CompletableFuture.completedFuture(new NodeStatus(self, Incarnation.FOUNDING, 1,
        leaderless ? Optional.empty() : Optional.of(self), !leaderless, true, Ballot.BOTTOM,
        Era.ZERO, configuration, at, at, InstanceId.FIRST, InstanceId.NONE, 0));
  }

  @Override
  public CompletionStage<SnapshotInfo> snapshot() {
    return CompletableFuture.completedFuture(new SnapshotInfo(InstanceId.of(instance.get()), 123));
  }

  @Override
  public CompletionStage<Void> stopped() {
    return stopped;
  }

  /** What {@link #membership} gives from now on. */
  public void membership(Membership fake) {
    membership = fake;
  }

  @Override
  public Membership membership() {
    return membership;
  }

  @Override
  public void close() {
    loop.shutdown();
    stopped.complete(null);
  }

  @Override
  public void kill() {
    loop.shutdownNow();
    stopped.completeExceptionally(new IllegalStateException("killed"));
  }

  private record At(InstanceId instance, long timeMillis) implements StateMachine.Context {}
}

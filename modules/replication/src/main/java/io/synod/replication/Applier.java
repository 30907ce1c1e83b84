package io.synod.replication;

import io.synod.api.broadcast.Batch;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Value;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Applies decided values to the state machine: the replicated part of the replica, a function of
 * the log alone. What it finds is told to the local part.
 */
final class Applier implements StateMachine.Context {
  private static final int VERSION = 2;

  private final StateMachine machine;
  private final SessionTable sessions;
  private final Local local;
  private final Batch.Visitor visitor = (index, bytes) -> apply(bytes);
  private InstanceId applied = InstanceId.NONE;
  private InstanceId instance = InstanceId.NONE;
  private long timeMillis;

  /** Those on this node who wait for something in the log. */
  interface Local {
    void opened(long nonce, long session);

    void applied(long session, long sequence, InstanceId instance, byte[] result);

    void expired(long session);
  }

  Applier(StateMachine machine, SessionTable sessions, Local local) {
    this.machine = machine;
    this.sessions = sessions;
    this.local = local;
  }

  @Override
  public InstanceId instance() {
    return instance;
  }

  @Override
  public long timeMillis() {
    return timeMillis;
  }

  InstanceId applied() {
    return applied;
  }

  SessionTable sessions() {
    return sessions;
  }

  void deliver(InstanceId at, Value value) {
    Invariant.check(at.minus(applied) == 1, "instance %s delivered after %s", at, applied);
    instance = at;
    if (value.kind() == Value.Kind.BATCH) {
      timeMillis = Math.max(timeMillis, Batch.timeMillis(value));
      Batch.forEach(value, visitor);
      sessions.expire(timeMillis);
    }
    applied = at;
  }

  private void apply(ByteBuffer bytes) {
    byte kind = bytes.get();
    switch (kind) {
      case Entry.COMMAND -> command(bytes);
      case Entry.OPEN -> local.opened(bytes.getLong(), sessions.open(timeMillis));
      case Entry.KEEP_ALIVE -> keepAlive(bytes.getLong());
      default -> throw Invariant.broken("entry of kind %s in instance %s", kind, instance);
    }
  }

  /** Exactly once: a command has effect only as the next one of its session. */
  private void command(ByteBuffer bytes) {
    long number = bytes.getLong();
    long sequence = bytes.getLong();
    long answered = bytes.getLong();
    Session session = sessions.get(number);
    if (session == null) {
      local.expired(number);
      return;
    }
    session.touch(timeMillis);
    session.answered(answered);
    if (session.isNext(sequence)) {
      byte[] result = machine.apply(this, bytes);
      session.applied(instance, result);
      local.applied(number, sequence, instance, result);
    } else {
      Session.Kept kept = session.kept(sequence);
      if (kept != null) {
        local.applied(number, sequence, kept.instance(), kept.result());
      }
    }
  }

  private void keepAlive(long number) {
    Session session = sessions.get(number);
    if (session == null) {
      local.expired(number);
    } else {
      session.touch(timeMillis);
    }
  }

  /**
   * The own part is copied here and now; the state machine's is its own affair.
   *
   * @param eras those that the log has made up to here
   */
  SnapshotContent snapshot(Eras eras) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(head)) {
      out.writeInt(VERSION);
      out.writeLong(applied.number());
      out.writeLong(timeMillis);
      eras.writeTo(out);
      sessions.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SnapshotContent content = machine.snapshot();
    byte[] own = head.toByteArray();
    return new SnapshotContent() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(own);
        content.writeTo(out);
      }

      @Override
      public void release() {
        content.release();
      }
    };
  }

  /** Replaces everything; returns the eras as of the snapshot. */
  Eras restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("the snapshot has format " + version + ", known is " + VERSION);
    }
    applied = InstanceId.of(in.readLong());
    instance = applied;
    timeMillis = in.readLong();
    Eras eras = Eras.readFrom(in);
    sessions.readFrom(in);
    machine.restore(in);
    return eras;
  }
}

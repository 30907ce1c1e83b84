package io.synod.testkit.sim;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.testkit.oracle.Command;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.MachineObserver;
import io.synod.testkit.oracle.Observer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What every simulated node replicates: a ledger around the state machine under test. The ledger
 * counts commands and keeps a digest over them in order, so that a missing, doubled or exchanged
 * one shows; the machine is watched at each step. Answers are the count, then the machine's.
 */
final class LedgerMachine implements StateMachine {
  private static final int COMMAND_HEADER = 17;
  private static final int SNAPSHOT_HEADER = 3 * Long.BYTES;

  private final Life life;
  private final Observer observer;
  private final WatchedMachine machine;
  private InstanceId instance = InstanceId.NONE;
  private long count;
  private long digest;

  LedgerMachine(
      Life life, Observer observer, Application application, MachineObserver watcher) {
    this.life = life;
    this.observer = observer;
    this.machine = new WatchedMachine(life, application, watcher);
  }

  /** A command of the machine under the name by which the ledger knows it. */
  static byte[] encode(Command command, byte[] content) {
    ByteBuffer bytes = ByteBuffer.allocate(COMMAND_HEADER + content.length);
    bytes.put((byte) (command.session() ? 1 : 0));
    bytes.putLong(command.origin()).putLong(command.sequence()).put(content);
    return bytes.array();
  }

  /** A query of the machine; null asks for the count alone. */
  static byte[] query(byte[] content) {
    return content == null ? new byte[0]
        : ByteBuffer.allocate(1 + content.length).put((byte) 1).put(content).array();
  }

  static long count(byte[] result) {
    return ByteBuffer.wrap(result).getLong();
  }

  /** What the machine itself has answered. */
  static byte[] answer(byte[] result) {
    return Arrays.copyOfRange(result, Long.BYTES, result.length);
  }

  long count() {
    return count;
  }

  long digest() {
    return digest;
  }

  /** Has the machine's state compared, whenever the last time was. */
  void compareState() {
    machine.hash(point());
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    boolean session = command.get() == 1;
    Command applied = new Command(command.getLong(), command.getLong(), session);
    byte[] content = new byte[command.remaining()];
    command.get(content);
    count++;
    digest = TraceHash.mix(digest, TraceHash.mix(applied.origin(), applied.sequence()));
    instance = context.instance();
    observer.applied(life, instance, applied, new Observer.Step(count, digest));
    return counted(machine.apply(context, point(), content));
  }

  @Override
  public byte[] query(ByteBuffer query) {
    if (!query.hasRemaining()) {
      return counted(new byte[0]);
    }
    query.get();
    byte[] content = new byte[query.remaining()];
    query.get(content);
    return counted(machine.query(point(), content));
  }

  private byte[] counted(byte[] answer) {
    return ByteBuffer.allocate(Long.BYTES + answer.length).putLong(count).put(answer).array();
  }

  private MachineObserver.Point point() {
    return new MachineObserver.Point(count, instance);
  }

  @Override
  public SnapshotContent snapshot() {
    byte[] own = ByteBuffer.allocate(SNAPSHOT_HEADER)
        .putLong(count).putLong(digest).putLong(instance.number()).array();
    SnapshotContent content = machine.snapshot(point());
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

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    count = in.readLong();
    digest = in.readLong();
    instance = InstanceId.of(in.readLong());
    machine.restore(point(), in.readAllBytes());
  }
}

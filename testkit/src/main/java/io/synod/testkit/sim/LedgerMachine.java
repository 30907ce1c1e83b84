package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.testkit.oracle.Command;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The state machine of the workload: counts commands and keeps a digest over them in order, so
 * that a missing, doubled or exchanged one shows. Answers with the count.
 */
final class LedgerMachine implements StateMachine {
  private static final int COMMAND_BYTES = 17;

  private final Life life;
  private final Observer observer;
  private long count;
  private long digest;

  LedgerMachine(Life life, Observer observer) {
    this.life = life;
    this.observer = observer;
  }

  /** The bytes of a command, padded to {@code length} or as long as it has to be. */
  static byte[] encode(Command command, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, COMMAND_BYTES));
    bytes.put((byte) (command.session() ? 1 : 0));
    bytes.putLong(command.origin()).putLong(command.sequence());
    return bytes.array();
  }

  static long count(byte[] result) {
    return ByteBuffer.wrap(result).getLong();
  }

  long count() {
    return count;
  }

  long digest() {
    return digest;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    boolean session = command.get() == 1;
    Command applied = new Command(command.getLong(), command.getLong(), session);
    count++;
    digest = TraceHash.mix(digest, TraceHash.mix(applied.origin(), applied.sequence()));
    observer.applied(life, context.instance(), applied, new Observer.Step(count, digest));
    return answer();
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return answer();
  }

  private byte[] answer() {
    return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
  }

  @Override
  public SnapshotContent snapshot() {
    byte[] view = ByteBuffer.allocate(2 * Long.BYTES).putLong(count).putLong(digest).array();
    return out -> out.write(view);
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    count = in.readLong();
    digest = in.readLong();
  }
}

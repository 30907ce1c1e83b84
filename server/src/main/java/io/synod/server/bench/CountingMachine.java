package io.synod.server.bench;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The cheapest state machine that still depends on every command: a count and a sum. */
final class CountingMachine implements StateMachine {
  private static final byte[] NOTHING = {};

  private long count;
  private long sum;
  // The count for the benchmark's thread; written by the node's loop only.
  private volatile long commands;

  /** How many commands are in the state. */
  long commands() {
    return commands;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    sum = sum * 31 + command.remaining() + command.get(command.position());
    count++;
    commands = count;
    return NOTHING;
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return ByteBuffer.allocate(Long.BYTES).putLong(commands).array();
  }

  @Override
  public SnapshotContent snapshot() {
    long countNow = count;
    long sumNow = sum;
    return out -> {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(countNow);
      data.writeLong(sumNow);
      data.flush();
    };
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream data = new DataInputStream(snapshot);
    count = data.readLong();
    sum = data.readLong();
    commands = count;
  }
}

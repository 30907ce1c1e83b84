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

  // Written by the node's loop only; read by the benchmark's thread.
  private volatile long commands;
  private long sum;

  /** How many commands are in the state. */
  long commands() {
    return commands;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    sum = sum * 31 + command.remaining() + command.get(command.position());
    commands = commands + 1;
    return NOTHING;
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return ByteBuffer.allocate(Long.BYTES).putLong(commands).array();
  }

  @Override
  public SnapshotContent snapshot() {
    long count = commands;
    long then = sum;
    return out -> {
      DataOutputStream data = new DataOutputStream(out);
      data.writeLong(count);
      data.writeLong(then);
      data.flush();
    };
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream data = new DataInputStream(snapshot);
    commands = data.readLong();
    sum = data.readLong();
  }
}

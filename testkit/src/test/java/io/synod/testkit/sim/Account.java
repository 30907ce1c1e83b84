package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A correct machine for others to spoil: adds what it is given and answers the sum. */
class Account implements StateMachine {
  long sum;
  long commands;

  static byte[] bytes(long... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    return bytes.array();
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    commands++;
    sum += command.getLong();
    return bytes(sum);
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return bytes(sum);
  }

  @Override
  public SnapshotContent snapshot() {
    byte[] view = bytes(sum, commands);
    return out -> out.write(view);
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    sum = in.readLong();
    commands = in.readLong();
  }
}

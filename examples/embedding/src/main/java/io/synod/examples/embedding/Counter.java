package io.synod.examples.embedding;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Every command adds one; the result of a command, or of a query, is the count. */
final class Counter implements StateMachine {
  private long count;

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    count++;
    return bytes();
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return bytes();
  }

  @Override
  public SnapshotContent snapshot() {
    long asOfNow = count;
    return out -> new DataOutputStream(out).writeLong(asOfNow);
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    count = new DataInputStream(snapshot).readLong();
  }

  private byte[] bytes() {
    return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
  }
}

package io.synod.examples.embedding;

import io.synod.api.node.Node;
import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.runtime.Synod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A replicated counter: every command adds one, every answer is the count. */
public final class Counter implements StateMachine {
  private long count;

  @Override public byte[] apply(Context context, ByteBuffer command) {
    return bytes(++count);
  }
  @Override public byte[] query(ByteBuffer query) {
    return bytes(count);
  }
  @Override public SnapshotContent snapshot() {
    byte[] asOfNow = bytes(count);
    return out -> out.write(asOfNow);
  }
  @Override public void restore(InputStream snapshot) throws IOException {
    count = ByteBuffer.wrap(snapshot.readNBytes(Long.BYTES)).getLong();
  }
  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  public static void main(String[] args) throws Exception {
    var builder = Synod.node().configuration(Path.of(args[0])).stateMachine(new Counter());
    try (Node node = builder.start()) {
      System.out.println(node.submit(new byte[0]).toCompletableFuture().join());
    }
  }
}

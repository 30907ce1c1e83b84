package io.synod.runtime;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Counts commands; the command "throw" makes it throw, "hold" makes it wait for the test. */
public final class CountingMachine implements StateMachine {
  final CountDownLatch holding = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  volatile Thread appliedBy;
  private long count;

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    byte[] bytes = new byte[command.remaining()];
    command.get(bytes);
    appliedBy = Thread.currentThread();
    switch (new String(bytes, StandardCharsets.US_ASCII)) {
      case "throw" -> throw new IllegalStateException("the machine broke");
      case "hold" -> hold();
      default -> count++;
    }
    return number();
  }

  private void hold() {
    holding.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return number();
  }

  private byte[] number() {
    return ByteBuffer.allocate(Long.BYTES).putLong(count).array();
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
}

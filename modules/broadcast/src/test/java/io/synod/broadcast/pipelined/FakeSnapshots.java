package io.synod.broadcast.pipelined;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Snapshots in memory; what is received is written when the test says so. */
final class FakeSnapshots implements Snapshots {
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private Optional<SnapshotInfo> newest = Optional.empty();
  private byte[] content = new byte[0];
  private Runnable pending;
  private int begun;
  private boolean damaged;

  void have(long last, byte[] bytes) {
    newest = Optional.of(new SnapshotInfo(InstanceId.of(last), bytes.length));
    content = bytes;
  }

  /** The next commit finds a wrong checksum. */
  void damageNext() {
    damaged = true;
  }

  int begun() {
    return begun;
  }

  byte[] received() {
    return received.toByteArray();
  }

  /** The disk is done with what it was given last. */
  void written() {
    Runnable done = pending;
    pending = null;
    done.run();
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return newest;
  }

  @Override
  public void readChunk(InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    boolean there = newest.map(s -> s.last().equals(last)).orElse(false);
    int end = (int) Math.min(content.length, offset + maxBytes);
    then.accept(there ? Arrays.copyOfRange(content, (int) offset, end) : null);
  }

  @Override
  public void beginReceive(InstanceId last, long length) {
    begun++;
    received.reset();
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    received.writeBytes(bytes);
    pending = () -> then.accept((long) received.size());
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    boolean good = !damaged;
    damaged = false;
    pending = () -> then.accept(good);
  }

  @Override
  public void write(InstanceId last, SnapshotContent what, Consumer<SnapshotInfo> done) {
    throw new AssertionError("broadcast takes no snapshots");
  }

  @Override
  public void restoreNewest(Reader reader) {
    throw new AssertionError("broadcast restores nothing");
  }
}

package io.synod.testkit.sim;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Snapshots of one life on its simulated disk. Content is written out when the background work
 * ends, after the state has moved on, so that a view which is not consistent shows.
 */
final class SimulatedSnapshots implements Snapshots {
  private static final int TRAILER = 4;

  private final SimulatedDisk disk;
  private final Later later;
  private ByteArrayOutputStream receiving;
  private InstanceId receivingLast = InstanceId.NONE;

  /** Runs something as a turn of this life after a delay. */
  interface Later {
    void run(long delay, Runnable turn);
  }

  SimulatedSnapshots(SimulatedDisk disk, Later later) {
    this.disk = disk;
    this.later = later;
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return Optional.ofNullable(disk.snapshot()).map(SimulatedSnapshots::info);
  }

  @Override
  public void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done) {
    later.run(disk.background(1 << 16), () -> {
      SimulatedDisk.Snapshot complete = new SimulatedDisk.Snapshot(last, bytes(content));
      disk.snapshot(complete);
      done.accept(info(complete));
    });
  }

  private static byte[] bytes(SnapshotContent content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int checksum = checksum(out.toByteArray(), out.size());
    out.writeBytes(ByteBuffer.allocate(TRAILER).putInt(checksum).array());
    return out.toByteArray();
  }

  @Override
  public void readChunk(
      InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    later.run(disk.background(maxBytes), () -> {
      SimulatedDisk.Snapshot held = disk.snapshot();
      if (held == null || !held.last().equals(last)) {
        then.accept(null);
        return;
      }
      int from = (int) Math.min(offset, held.bytes().length);
      int to = (int) Math.min((long) from + maxBytes, held.bytes().length);
      then.accept(Arrays.copyOfRange(held.bytes(), from, to));
    });
  }

  @Override
  public void beginReceive(InstanceId last, long length) {
    receiving = new ByteArrayOutputStream();
    receivingLast = last;
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    ByteArrayOutputStream into = receiving;
    later.run(disk.background(bytes.length), () -> {
      into.writeBytes(bytes);
      then.accept((long) into.size());
    });
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    ByteArrayOutputStream received = receiving;
    InstanceId last = receivingLast;
    later.run(disk.background(1 << 16), () -> {
      byte[] bytes = received.toByteArray();
      boolean whole = bytes.length >= TRAILER
          && ByteBuffer.wrap(bytes).getInt(bytes.length - TRAILER)
              == checksum(bytes, bytes.length - TRAILER);
      if (whole) {
        disk.snapshot(new SimulatedDisk.Snapshot(last, bytes));
      }
      then.accept(whole);
    });
  }

  @Override
  public void restoreNewest(Reader reader) {
    byte[] bytes = disk.snapshot().bytes();
    try {
      reader.read(new ByteArrayInputStream(bytes, 0, bytes.length - TRAILER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SnapshotInfo info(SimulatedDisk.Snapshot snapshot) {
    return new SnapshotInfo(snapshot.last(), snapshot.bytes().length);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}

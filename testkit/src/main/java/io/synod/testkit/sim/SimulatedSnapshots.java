package io.synod.testkit.sim;

import io.synod.api.effect.Snapshots;
import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Snapshots of one life on its simulated disk. Content is written out when the background work
 * ends, after the state has moved on, so that a view which is not consistent shows.
 */
final class SimulatedSnapshots implements Snapshots {
  private final SimulatedDisk disk;
  private final Later later;
  private final Runnable crashPoint;
  private ByteArrayOutputStream receiving;
  private InstanceId receivingLast = InstanceId.NONE;

  /** Runs something as a turn of this life after a delay. */
  interface Later {
    void run(long delay, Runnable turn);
  }

  /** {@code crashPoint} is run right before and right after a snapshot becomes the newest. */
  SimulatedSnapshots(SimulatedDisk disk, Later later, Runnable crashPoint) {
    this.disk = disk;
    this.later = later;
    this.crashPoint = crashPoint;
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return Optional.ofNullable(disk.snapshot()).map(SnapshotImage::info);
  }

  @Override
  public void write(InstanceId last, SnapshotContent content, Consumer<SnapshotInfo> done) {
    later.run(disk.background(1 << 16), () -> {
      SnapshotImage complete = SnapshotImage.of(last, bytes(content));
      becomeNewest(complete);
      done.accept(complete.info());
    });
  }

  private void becomeNewest(SnapshotImage complete) {
    crashPoint.run();
    disk.snapshot(complete);
    crashPoint.run();
  }

  private static byte[] bytes(SnapshotContent content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void readChunk(
      InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    later.run(disk.background(maxBytes), () -> {
      SnapshotImage held = disk.snapshot();
      boolean there = held != null && held.last().equals(last);
      then.accept(there ? part(held, offset, maxBytes) : null);
    });
  }

  private static byte[] part(SnapshotImage held, long offset, int maxBytes) {
    try {
      return held.part(offset, maxBytes);
    } catch (DamageFound e) {
      throw new UncheckedIOException(e);
    }
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
      SnapshotImage whole = SnapshotImage.received(last, received.toByteArray());
      if (whole != null) {
        becomeNewest(whole);
      }
      then.accept(whole != null);
    });
  }

  @Override
  public void restoreNewest(Reader reader) {
    SnapshotImage newest = disk.snapshot();
    try {
      reader.read(new ByteArrayInputStream(newest.bytes(), 0, newest.verified()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

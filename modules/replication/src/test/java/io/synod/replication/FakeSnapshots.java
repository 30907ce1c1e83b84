package io.synod.replication;

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

/** Snapshots in memory, complete when the test says so. */
final class FakeSnapshots implements Snapshots {
  private Optional<SnapshotInfo> newest = Optional.empty();
  private byte[] content = new byte[0];
  private Runnable writing;

  /** The snapshot that is being written is complete. */
  void written() {
    Runnable done = writing;
    writing = null;
    done.run();
  }

  boolean writing() {
    return writing != null;
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return newest;
  }

  @Override
  public void write(InstanceId last, SnapshotContent what, Consumer<SnapshotInfo> done) {
    writing = () -> {
      content = bytesOf(what);
      SnapshotInfo info = new SnapshotInfo(last, content.length);
      newest = Optional.of(info);
      done.accept(info);
    };
  }

  static byte[] bytesOf(SnapshotContent what) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      what.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void restoreNewest(Reader reader) {
    try {
      reader.read(new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void readChunk(InstanceId last, long offset, int maxBytes, Consumer<byte[]> then) {
    throw new AssertionError("the broadcast's business");
  }

  @Override
  public void beginReceive(InstanceId last, long length) {
    throw new AssertionError("the broadcast's business");
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    throw new AssertionError("the broadcast's business");
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    throw new AssertionError("the broadcast's business");
  }
}

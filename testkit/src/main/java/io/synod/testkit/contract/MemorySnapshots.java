package io.synod.testkit.contract;

import io.synod.api.effect.Snapshots;
import io.synod.api.effect.Timers;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import io.synod.api.storage.SnapshotContent;
import io.synod.api.storage.SnapshotInfo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Snapshots of a process over its lives: lists of values. What takes time takes a turn. */
final class MemorySnapshots implements Snapshots {
  private final Timers timers;
  private final ByteArrayOutputStream receiving = new ByteArrayOutputStream();
  private InstanceId receivingLast = InstanceId.NONE;
  private InstanceId last = InstanceId.NONE;
  private byte[] newest;

  MemorySnapshots(Timers timers) {
    this.timers = timers;
  }

  static byte[] write(List<Value> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(values.size());
      for (Value value : values) {
        out.writeInt(value.size());
        out.write(value.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<Value> read(InputStream content) throws IOException {
    DataInputStream in = new DataInputStream(content);
    List<Value> values = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      values.add(Value.of(in.readNBytes(in.readInt())));
    }
    return values;
  }

  /** Becomes the newest. */
  void keep(InstanceId asOf, byte[] content) {
    last = asOf;
    newest = content;
  }

  @Override
  public Optional<SnapshotInfo> newest() {
    return Optional.ofNullable(newest).map(bytes -> new SnapshotInfo(last, bytes.length));
  }

  @Override
  public void write(InstanceId asOf, SnapshotContent content, Consumer<SnapshotInfo> done) {
    throw new AssertionError("broadcast takes no snapshots by itself");
  }

  @Override
  public void readChunk(InstanceId asOf, long offset, int maxBytes, Consumer<byte[]> then) {
    boolean there = newest != null && asOf.equals(last) && offset <= newest.length;
    byte[] chunk = there ? Arrays.copyOfRange(
        newest, (int) offset, (int) Math.min(newest.length, offset + maxBytes)) : null;
    timers.after(0, () -> then.accept(chunk));
  }

  @Override
  public void beginReceive(InstanceId asOf, long length) {
    receiving.reset();
    receivingLast = asOf;
  }

  @Override
  public void receiveChunk(byte[] bytes, Consumer<Long> then) {
    receiving.writeBytes(bytes);
    long reached = receiving.size();
    timers.after(0, () -> then.accept(reached));
  }

  @Override
  public void commitReceived(Consumer<Boolean> then) {
    timers.after(0, () -> {
      keep(receivingLast, receiving.toByteArray());
      then.accept(true);
    });
  }

  @Override
  public void restoreNewest(Reader reader) {
    if (newest != null) {
      try {
        reader.read(new ByteArrayInputStream(newest));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

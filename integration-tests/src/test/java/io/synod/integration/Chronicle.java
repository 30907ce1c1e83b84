package io.synod.integration;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps every command that it ever applied, and how often: a command lost, doubled or out of order
 * shows in its answer. Snapshots are as large as all commands together.
 */
final class Chronicle implements StateMachine {
  /** What a replica says of itself. */
  record Account(long distinct, long applied, long order) {
    static Account of(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return new Account(in.getLong(), in.getLong(), in.getLong());
    }
  }

  /** The command that this replica does not survive, or "". */
  private final String fatal;
  private final TreeMap<String, Long> times = new TreeMap<>();
  private long applied;
  private long order;

  Chronicle(String fatal) {
    this.fatal = fatal;
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    String text = StandardCharsets.ISO_8859_1.decode(command).toString();
    if (text.equals(fatal)) {
      throw new IllegalStateException("this replica cannot apply '" + text + "'");
    }
    times.merge(text, 1L, Long::sum);
    applied++;
    order = order * 31 + text.hashCode();
    return account();
  }

  @Override
  public byte[] query(ByteBuffer query) {
    return account();
  }

  private byte[] account() {
    return ByteBuffer.allocate(3 * Long.BYTES).putLong(times.size()).putLong(applied)
        .putLong(order).array();
  }

  @Override
  public SnapshotContent snapshot() {
    Map<String, Long> now = new TreeMap<>(times);
    long appliedNow = applied;
    long orderNow = order;
    return stream -> {
      DataOutputStream out = new DataOutputStream(stream);
      out.writeLong(appliedNow);
      out.writeLong(orderNow);
      out.writeInt(now.size());
      for (Map.Entry<String, Long> entry : now.entrySet()) {
        byte[] text = entry.getKey().getBytes(StandardCharsets.ISO_8859_1);
        out.writeInt(text.length);
        out.write(text);
        out.writeLong(entry.getValue());
      }
      out.flush();
    };
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    applied = in.readLong();
    order = in.readLong();
    times.clear();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      byte[] text = in.readNBytes(in.readInt());
      times.put(new String(text, StandardCharsets.ISO_8859_1), in.readLong());
    }
  }

  /** A command unlike any of another number, of that many bytes. */
  static byte[] command(String name, long number, int bytes) {
    byte[] text = (name + number + ":").getBytes(StandardCharsets.ISO_8859_1);
    byte[] command = Arrays.copyOf(text, Math.max(bytes, text.length));
    Arrays.fill(command, text.length, command.length, (byte) '.');
    return command;
  }
}

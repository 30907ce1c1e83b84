package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import io.synod.testkit.linearizability.Operation.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.TreeMap;

/** The simulator's own application: keys with numbers, and keys with text that grows. */
final class KeyValueMachine implements StateMachine {
  private final TreeMap<Integer, Object> values = new TreeMap<>();

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    KeyValueRequest request = KeyValueRequest.read(command);
    Object before = values.get(request.key());
    Object after = after(before, request);
    if (after == null) {
      values.remove(request.key());
    } else {
      values.put(request.key(), after);
    }
    return KeyValueRequest.encoded(switch (request.kind()) {
      case CAS -> Objects.equals(before, request.expected());
      case ADD -> after;
      case APPEND -> (long) ((String) after).length();
      case DELETE -> before != null;
      case READ, WRITE -> null;
    });
  }

  private static Object after(Object before, KeyValueRequest request) {
    return switch (request.kind()) {
      case WRITE -> request.argument();
      case CAS -> Objects.equals(before, request.expected()) ? request.argument() : before;
      case ADD -> (before == null ? 0 : (Long) before) + (Long) request.argument();
      case APPEND -> (before == null ? "" : before) + (String) request.argument();
      case DELETE -> null;
      case READ -> before;
    };
  }

  @Override
  public byte[] query(ByteBuffer query) {
    KeyValueRequest request = KeyValueRequest.read(query);
    if (request.kind() != Kind.READ) {
      throw new IllegalArgumentException(request + " is not a query");
    }
    return KeyValueRequest.encoded(values.get(request.key()));
  }

  @Override
  public SnapshotContent snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(values.size());
      for (var entry : values.entrySet()) {
        out.writeInt(entry.getKey());
        byte[] value = KeyValueRequest.encoded(entry.getValue());
        out.writeInt(value.length);
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] view = bytes.toByteArray();
    return out -> out.write(view);
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    values.clear();
    DataInputStream in = new DataInputStream(snapshot);
    for (int left = in.readInt(); left > 0; left--) {
      int key = in.readInt();
      values.put(key, KeyValueRequest.value(in.readNBytes(in.readInt())));
    }
  }
}

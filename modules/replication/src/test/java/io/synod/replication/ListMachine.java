package io.synod.replication;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Remembers every command with its instance and time; answers with how many there were. */
final class ListMachine implements StateMachine {
  private final StringBuilder history = new StringBuilder();
  private int applied;
  private int queries;

  String history() {
    return history.toString();
  }

  int applied() {
    return applied;
  }

  int queries() {
    return queries;
  }

  private static String rest(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Kit.text(copy);
  }

  @Override
  public byte[] apply(Context context, ByteBuffer command) {
    String text = rest(command);
    if (text.equals("throw")) {
      throw new IllegalStateException("this machine is broken");
    }
    applied++;
    history.append(text).append('@').append(context.instance()).append('/')
        .append(context.timeMillis()).append(' ');
    return Kit.bytes(text + "#" + applied);
  }

  @Override
  public byte[] query(ByteBuffer query) {
    queries++;
    return Kit.bytes(rest(query) + "=" + applied);
  }

  @Override
  public SnapshotContent snapshot() {
    byte[] copy = Kit.bytes(history());
    int count = applied;
    return out -> {
      out.write(count);
      out.write(copy);
    };
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    DataInputStream in = new DataInputStream(snapshot);
    applied = in.readUnsignedByte();
    history.setLength(0);
    history.append(Kit.text(in.readAllBytes()));
  }
}

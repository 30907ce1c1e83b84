package io.synod.server.kv;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.StateMachine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A machine with a log time that the test sets, spoken to in words. */
final class Machine {
  final KeyValueMachine machine = new KeyValueMachine();
  long time = 1_000_000;
  private long instance;

  /** Applies a command given as words and returns the reply with line ends as spaces. */
  String apply(String... words) {
    return apply(encode(words));
  }

  String apply(byte[] command) {
    instance++;
    return text(machine.apply(context(), ByteBuffer.wrap(command)));
  }

  String query(String... words) {
    return text(machine.query(ByteBuffer.wrap(encode(words))));
  }

  static byte[] encode(String... words) {
    String[] arguments = new String[words.length - 1];
    System.arraycopy(words, 1, arguments, 0, arguments.length);
    return KvCodec.encode(Op.valueOf(words[0]), arguments);
  }

  static String text(byte[] reply) {
    return new String(reply, StandardCharsets.ISO_8859_1).replace("\r\n", " ").trim();
  }

  static Machine restored(byte[] snapshot, long time) throws IOException {
    Machine copy = new Machine();
    copy.machine.restore(new ByteArrayInputStream(snapshot));
    copy.time = time;
    return copy;
  }

  byte[] snapshot() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var content = machine.snapshot();
    content.writeTo(out);
    content.release();
    return out.toByteArray();
  }

  private StateMachine.Context context() {
    return new StateMachine.Context() {
      @Override
      public InstanceId instance() {
        return InstanceId.of(instance);
      }

      @Override
      public long timeMillis() {
        return time;
      }
    };
  }
}

package io.synod.testkit.sim;

import io.synod.testkit.linearizability.Operation.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** A command or query of the {@link KeyValueMachine}, and how values are written. */
record KeyValueRequest(Kind kind, int key, Object argument, Object expected) {
  private static final int NUMBERS = 32;
  private static final int TEXTS = 8;
  private static final int VALUES = 20;
  private static final Kind[] OF_NUMBERS =
      {Kind.ADD, Kind.ADD, Kind.ADD, Kind.WRITE, Kind.WRITE, Kind.CAS, Kind.DELETE};
  private static final Kind[] OF_TEXTS = {Kind.APPEND, Kind.APPEND, Kind.DELETE};

  /** Draws a command. */
  static KeyValueRequest command(RandomGenerator random) {
    int key = random.nextInt(NUMBERS + TEXTS);
    Kind kind = key < NUMBERS ? OF_NUMBERS[random.nextInt(OF_NUMBERS.length)]
        : OF_TEXTS[random.nextInt(OF_TEXTS.length)];
    long number = random.nextInt(VALUES);
    return new KeyValueRequest(kind, key, switch (kind) {
      case ADD, WRITE, CAS -> (Object) number;
      case APPEND -> Long.toString(number);
      case DELETE, READ -> null;
    }, kind == Kind.CAS ? (Object) (long) random.nextInt(VALUES) : null);
  }

  /** Draws a query. */
  static KeyValueRequest query(RandomGenerator random) {
    return new KeyValueRequest(Kind.READ, random.nextInt(NUMBERS + TEXTS), null, null);
  }

  /** The bytes, padded to {@code length} or as long as they have to be. */
  byte[] bytes(int length) {
    byte[] first = encoded(argument);
    byte[] second = encoded(expected);
    int least = 4 + first.length + second.length;
    ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, least));
    bytes.put((byte) kind.ordinal()).put((byte) key);
    bytes.put((byte) first.length).put(first).put((byte) second.length).put(second);
    return bytes.array();
  }

  static KeyValueRequest read(ByteBuffer bytes) {
    Kind kind = Kind.values()[bytes.get()];
    return new KeyValueRequest(kind, bytes.get(), part(bytes), part(bytes));
  }

  private static Object part(ByteBuffer bytes) {
    byte[] part = new byte[bytes.get()];
    bytes.get(part);
    return value(part);
  }

  /** Null, a number, text or a truth value as bytes. */
  static byte[] encoded(Object value) {
    if (value == null) {
      return new byte[0];
    } else if (value instanceof Long number) {
      return ByteBuffer.allocate(1 + Long.BYTES).put((byte) 'n').putLong(number).array();
    } else if (value instanceof Boolean truth) {
      return new byte[] {(byte) (truth ? 't' : 'f')};
    }
    return ("s" + value).getBytes(StandardCharsets.UTF_8);
  }

  static Object value(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    return switch (bytes[0]) {
      case 'n' -> ByteBuffer.wrap(bytes).getLong(1);
      case 't' -> true;
      case 'f' -> false;
      default -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    };
  }
}

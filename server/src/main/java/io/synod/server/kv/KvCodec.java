package io.synod.server.kv;

import java.nio.charset.StandardCharsets;

/**
 * Commands of the key-value machine as bytes: the operation's code, the number of arguments, and
 * each argument after its length; numbers are varints (seven bits a byte, low ones first).
 */
public final class KvCodec {
  private static final int SEVEN = 7;
  private static final int LOW = 0x7f;
  private static final int MORE = 0x80;

  private KvCodec() {}

  /** Encodes an operation with its arguments. */
  public static byte[] encode(Op op, byte[]... arguments) {
    int size = 1 + varintSize(arguments.length);
    for (byte[] argument : arguments) {
      size += varintSize(argument.length) + argument.length;
    }
    byte[] command = new byte[size];
    int at = start(command, op, arguments.length);
    for (byte[] argument : arguments) {
      at = putVarint(command, at, argument.length);
      System.arraycopy(argument, 0, command, at, argument.length);
      at += argument.length;
    }
    return command;
  }

  /** Encodes an operation with arguments in UTF-8. */
  public static byte[] encode(Op op, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      bytes[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    }
    return encode(op, bytes);
  }

  /** Encodes an operation without arguments. */
  public static byte[] encode(Op op) {
    return encode(op, new byte[0][]);
  }

  /** Wraps an encoded command so that it takes effect once for this client and number. */
  public static byte[] once(String client, long sequence, byte[] command) {
    return encode(Op.ONCE, client.getBytes(StandardCharsets.UTF_8),
        Long.toString(sequence).getBytes(StandardCharsets.US_ASCII), command);
  }

  /** Writes code and argument count; returns where the first argument starts. */
  public static int start(byte[] into, Op op, int arguments) {
    into[0] = op.code();
    return putVarint(into, 1, arguments);
  }

  /** How many bytes a number takes. */
  public static int varintSize(int value) {
    int size = 1;
    for (int rest = value >>> SEVEN; rest != 0; rest >>>= SEVEN) {
      size++;
    }
    return size;
  }

  /** Writes a number at {@code at}; returns the position after it. */
  public static int putVarint(byte[] into, int at, int value) {
    int next = at;
    int rest = value;
    while (rest > LOW) {
      into[next++] = (byte) (rest & LOW | MORE);
      rest >>>= SEVEN;
    }
    into[next++] = (byte) rest;
    return next;
  }
}

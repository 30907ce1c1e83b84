package io.synod.server.kv;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Replies in RESP2, as the key-value machine gives them and the RESP port sends them. The arrays
 * are shared: nobody writes to them.
 */
public final class Reply {
  private static final byte[] OK_BYTES = ascii("+OK\r\n");
  private static final byte[] NIL_BYTES = ascii("$-1\r\n");
  private static final byte[] QUEUED_BYTES = ascii("+QUEUED\r\n");
  private static final int SMALL = 1024;
  private static final byte[][] SMALL_INTEGERS = smallIntegers();
  private static final int TEN = 10;

  private Reply() {}

  /** {@code +OK}. */
  public static byte[] ok() {
    return OK_BYTES;
  }

  /** {@code $-1}: nothing there. */
  public static byte[] nil() {
    return NIL_BYTES;
  }

  /** {@code +QUEUED}. */
  public static byte[] queued() {
    return QUEUED_BYTES;
  }

  /** A short text without line ends. */
  public static byte[] simple(String text) {
    return ascii("+" + text + "\r\n");
  }

  /** An error; the first word is its code. Line ends in it become spaces. */
  public static byte[] error(String message) {
    String line = message.replace('\r', ' ').replace('\n', ' ');
    return ("-" + line + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  /** A whole number. */
  public static byte[] integer(long value) {
    return value >= 0 && value < SMALL ? SMALL_INTEGERS[(int) value] : writeInteger(value);
  }

  /** Bytes, or nil for null. */
  public static byte[] bulk(byte[] value) {
    if (value == null) {
      return NIL_BYTES;
    }
    int digits = digits(value.length);
    byte[] reply = new byte[1 + digits + 2 + value.length + 2];
    reply[0] = '$';
    putDigits(reply, 1 + digits, value.length);
    int at = lineEnd(reply, 1 + digits);
    System.arraycopy(value, 0, reply, at, value.length);
    lineEnd(reply, at + value.length);
    return reply;
  }

  /** Text as bytes. */
  public static byte[] bulk(String text) {
    return bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An array of replies. */
  public static byte[] array(List<byte[]> replies) {
    return join(ascii("*" + replies.size() + "\r\n"), replies);
  }

  /** Replies one after the other. */
  static byte[] concat(List<byte[]> replies) {
    return join(new byte[0], replies);
  }

  private static byte[] join(byte[] head, List<byte[]> replies) {
    long size = head.length;
    for (byte[] reply : replies) {
      size += reply.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(size));
    out.writeBytes(head);
    replies.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] writeInteger(long value) {
    return ascii(":" + value + "\r\n");
  }

  private static byte[][] smallIntegers() {
    byte[][] replies = new byte[SMALL][];
    for (int i = 0; i < SMALL; i++) {
      replies[i] = writeInteger(i);
    }
    return replies;
  }

  private static int digits(int value) {
    int digits = 1;
    for (int rest = value / TEN; rest != 0; rest /= TEN) {
      digits++;
    }
    return digits;
  }

  private static void putDigits(byte[] into, int end, int value) {
    int rest = value;
    int at = end;
    do {
      into[--at] = (byte) ('0' + rest % TEN);
      rest /= TEN;
    } while (rest != 0);
  }

  private static int lineEnd(byte[] into, int at) {
    into[at] = '\r';
    into[at + 1] = '\n';
    return at + 2;
  }

  /** The decimal digits of a number. */
  static byte[] decimal(long value) {
    if (value < 0 || value > Integer.MAX_VALUE) {
      return ascii(Long.toString(value));
    }
    byte[] text = new byte[digits((int) value)];
    putDigits(text, text.length, (int) value);
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

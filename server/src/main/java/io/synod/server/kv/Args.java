package io.synod.server.kv;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads an encoded command in place: where its arguments lie, nothing copied. Re-used from command
 * to command by the one thread of the machine. Trusts nothing: {@link #read} answers false for
 * bytes that are not a command.
 */
final class Args {
  private static final int SEVEN = 7;
  private static final int LOW = 0x7f;
  private static final int LONGEST_SHIFT = 28;

  private ByteBuffer buffer;
  private int at;
  private int end;
  private Op op;
  private int count;
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];

  /** Reads {@code from} up to {@code to}; whether that is one whole command. */
  boolean read(ByteBuffer bytes, int from, int to) {
    buffer = bytes;
    at = from;
    end = to;
    count = 0;
    op = at < end ? Op.of(buffer.get(at++)) : null;
    if (op == null) {
      return false;
    }
    int announced = varint();
    if (announced < 0 || announced > end - at) {
      return false;
    }
    while (count < announced) {
      if (!readArgument()) {
        return false;
      }
    }
    return at == end;
  }

  private boolean readArgument() {
    int length = varint();
    if (length < 0 || length > end - at) {
      return false;
    }
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = at;
    lengths[count] = length;
    count++;
    at += length;
    return true;
  }

  private int varint() {
    int value = 0;
    for (int shift = 0; shift <= LONGEST_SHIFT && at < end; shift += SEVEN) {
      byte b = buffer.get(at++);
      value |= (b & LOW) << shift;
      if (b >= 0) {
        return value;
      }
    }
    return -1;
  }

  Op op() {
    return op;
  }

  int count() {
    return count;
  }

  int length(int index) {
    return lengths[index];
  }

  /** A copy of an argument. */
  byte[] bytes(int index) {
    byte[] copy = new byte[lengths[index]];
    buffer.get(offsets[index], copy);
    return copy;
  }

  /** A key, copied. */
  Bytes key(int index) {
    return new Bytes(bytes(index));
  }

  /** Reads the command nested in an argument of {@code outer}. */
  boolean readNested(Args outer, int index) {
    int from = outer.offsets[index];
    return read(outer.buffer, from, from + outer.lengths[index]);
  }

  /** Whether an argument is that word, upper or lower case; {@code word} is upper case. */
  boolean is(int index, String word) {
    if (lengths[index] != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      int c = buffer.get(offsets[index] + i);
      if ((c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** An argument as a whole number. */
  long number(int index) throws KvError {
    return Numbers.parse(bytes(index));
  }
}

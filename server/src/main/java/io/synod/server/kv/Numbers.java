package io.synod.server.kv;

/** Whole numbers as Redis reads them: an optional minus, digits, no leading zero, 64 bits. */
final class Numbers {
  private static final int TEN = 10;
  private static final int LONGEST = 20;

  private Numbers() {}

  static long parse(byte[] text) throws KvError {
    boolean negative = text.length > 0 && text[0] == '-';
    int first = negative ? 1 : 0;
    int digits = text.length - first;
    if (digits == 0 || text.length > LONGEST
        || text[first] == '0' && (digits > 1 || negative)) {
      throw KvError.NOT_AN_INTEGER;
    }
    long value = 0;
    for (int i = first; i < text.length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit >= TEN || value < (Long.MIN_VALUE + digit) / TEN) {
        throw KvError.NOT_AN_INTEGER;
      }
      value = value * TEN - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw KvError.NOT_AN_INTEGER;
    }
    return negative ? value : -value;
  }
}

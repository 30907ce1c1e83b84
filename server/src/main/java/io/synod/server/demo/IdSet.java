package io.synod.server.demo;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whole numbers from 0 on, dense: one bit each. */
final class IdSet {
  private long[] words = new long[16];
  private int size;

  /** False if it was there already. */
  boolean add(int id) {
    int word = id >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
    }
    long bit = 1L << id;
    if ((words[word] & bit) != 0) {
      return false;
    }
    words[word] |= bit;
    size++;
    return true;
  }

  int size() {
    return size;
  }

  /** How many of these are not in {@code other}. */
  int missingIn(IdSet other) {
    int missing = 0;
    for (int i = 0; i < words.length; i++) {
      long there = i < other.words.length ? other.words[i] : 0;
      missing += Long.bitCount(words[i] & ~there);
    }
    return missing;
  }

  IdSet copy() {
    IdSet copy = new IdSet();
    copy.words = words.clone();
    copy.size = size;
    return copy;
  }

  int bytes() {
    return Integer.BYTES + used() * Long.BYTES;
  }

  void write(ByteBuffer out) {
    int used = used();
    out.putInt(used);
    for (int i = 0; i < used; i++) {
      out.putLong(words[i]);
    }
  }

  static IdSet read(ByteBuffer in) {
    IdSet set = new IdSet();
    int used = in.getInt();
    set.words = new long[Math.max(16, used)];
    for (int i = 0; i < used; i++) {
      set.words[i] = in.getLong();
      set.size += Long.bitCount(set.words[i]);
    }
    return set;
  }

  private int used() {
    int used = words.length;
    while (used > 0 && words[used - 1] == 0) {
      used--;
    }
    return used;
  }
}

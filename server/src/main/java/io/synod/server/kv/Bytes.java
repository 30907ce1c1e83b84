package io.synod.server.kv;

import java.util.Arrays;

/** A byte array as a map key: equal, hashed and ordered by content. Nobody writes to it. */
final class Bytes implements Comparable<Bytes> {
  private static final int MIX_1 = 0x85ebca6b;
  private static final int MIX_2 = 0xc2b2ae35;
  private static final int SHIFT_1 = 16;
  private static final int SHIFT_2 = 13;

  private final byte[] content;
  private final int hash;

  Bytes(byte[] content) {
    this.content = content;
    this.hash = mix(Arrays.hashCode(content));
  }

  byte[] content() {
    return content;
  }

  /** Spreads similar keys over all bits: the high ones choose the shard, the low ones the slot. */
  private static int mix(int raw) {
    int h = raw;
    h = (h ^ h >>> SHIFT_1) * MIX_1;
    h = (h ^ h >>> SHIFT_2) * MIX_2;
    return h ^ h >>> SHIFT_1;
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Bytes b && b.hash == hash && Arrays.equals(content, b.content);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public String toString() {
    return new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}

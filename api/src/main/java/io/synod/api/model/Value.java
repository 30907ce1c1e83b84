package io.synod.api.model;

import java.util.Arrays;

/**
 * What one instance decides: an opaque value, encoded once when it enters and the same bytes
 * ever after in journal, network and apply. The first byte is its {@link Kind}. The array is
 * shared, not copied: nobody writes to it after construction.
 */
public final class Value {
  /** Fills a gap; delivers nothing. */
  public static final Value SKIP = new Value(new byte[] {0});

  /** What a value holds. */
  public enum Kind {
    /** Nothing: the no-op that fills a gap. */
    SKIP,
    /** Messages of total order broadcast, in order. */
    BATCH,
    /** The next configuration, alone in its instance. */
    RECONFIGURE
  }

  private static final Kind[] KINDS = Kind.values();

  private final byte[] bytes;

  private Value(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps encoded bytes; refuses an unknown kind. */
  public static Value of(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] < 0 || bytes[0] >= KINDS.length) {
      throw new IllegalArgumentException("not an encoded value");
    }
    return bytes.length == 1 && bytes[0] == 0 ? SKIP : new Value(bytes);
  }

  /** What this value holds. */
  public Kind kind() {
    return KINDS[bytes[0]];
  }

  /** The encoded form; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Its length in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof Value v && Arrays.equals(bytes, v.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return kind() + "[" + bytes.length + "]#" + Integer.toHexString(Arrays.hashCode(bytes));
  }
}

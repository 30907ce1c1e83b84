package io.synod.storage.memory;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A growing run of bytes, not limited by the length of one array. */
final class Pieces {
  private static final int PIECE = 64 << 10;

  private final List<byte[]> pieces = new ArrayList<>();
  private long length;

  void add(byte[] bytes, int from, int count) {
    int at = from;
    while (at < from + count) {
      int inPiece = (int) (length % PIECE);
      if (inPiece == 0) {
        pieces.add(new byte[PIECE]);
      }
      int fits = Math.min(PIECE - inPiece, from + count - at);
      System.arraycopy(bytes, at, pieces.get(pieces.size() - 1), inPiece, fits);
      length += fits;
      at += fits;
    }
  }

  long length() {
    return length;
  }

  /** Copies from {@code offset} on as far as it fits; returns how much, 0 at the end. */
  int read(long offset, ByteBuffer into) {
    int total = 0;
    while (into.hasRemaining() && offset + total < length) {
      long from = offset + total;
      int inPiece = (int) (from % PIECE);
      int fits = (int) Math.min(Math.min(PIECE - inPiece, length - from), into.remaining());
      into.put(pieces.get((int) (from / PIECE)), inPiece, fits);
      total += fits;
    }
    return total;
  }

  InputStream stream() {
    return new InputStream() {
      private long next;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int from, int count) {
        int done = Pieces.this.read(next, ByteBuffer.wrap(into, from, count));
        next += done;
        return done == 0 && count > 0 ? -1 : done;
      }
    };
  }
}

package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the frames of one segment through a window that grows only for a frame larger than it.
 * After {@link #next} says no, {@link #skipTo} looks for a later frame.
 */
final class SegmentScanner {
  private static final int WINDOW = 1 << 20;
  private static final int STEP = 8;

  private final Frames frames;
  private DiskFile file;
  private long size;
  private ByteBuffer window = Frames.buffer(WINDOW);
  private long windowAt;
  private long offset;
  private int length;
  private int kind;
  private long position;
  private boolean on;

  SegmentScanner(Frames frames) {
    this.frames = frames;
  }

  /** Starts over with another file, behind its header. */
  void open(DiskFile newFile) throws IOException {
    file = newFile;
    size = newFile.size();
    window.clear().limit(0);
    windowAt = 0;
    offset = FileHeader.SIZE;
    on = false;
  }

  /** Goes back or forth, so that the next frame is looked for at this offset. */
  void seek(long newOffset) {
    offset = newOffset;
    on = false;
  }

  /** Moves to the next frame; false, without moving over it, when what is there is none. */
  boolean next() throws IOException {
    if (on) {
      offset += Frames.size(length);
      on = false;
    }
    on = plausible() && whole();
    return on;
  }

  /**
   * Looks from behind the current offset for a frame whose position is at least {@code least}
   * and not more than the rest of the file could hold, whatever its kind.
   */
  boolean skipTo(long least) throws IOException {
    on = false;
    for (offset += STEP; offset + Frames.OVERHEAD <= size; offset += STEP) {
      long most = least + (size - offset) / STEP;
      if (plausible() && position >= least && position <= most && whole()) {
        on = true;
        return true;
      }
    }
    offset = Math.max(size, FileHeader.SIZE);
    return false;
  }

  private boolean plausible() throws IOException {
    if (offset + Frames.OVERHEAD > size || !load(Frames.OVERHEAD)) {
      return false;
    }
    int at = (int) (offset - windowAt);
    int word = window.getInt(at + 4);
    kind = Frames.kind(word);
    length = Frames.length(word);
    position = window.getLong(at + 8);
    boolean known = kind == Frames.RECORD || kind == Frames.MARK && length == 0;
    return known && offset + Frames.size(length) <= size;
  }

  private boolean whole() throws IOException {
    return load(Frames.size(length))
        && frames.valid(window, (int) (offset - windowAt), length);
  }

  private boolean load(int bytes) throws IOException {
    if (offset >= windowAt && offset + bytes <= windowAt + window.limit()) {
      return true;
    }
    if (bytes > window.capacity()) {
      window = Frames.buffer(bytes);
    }
    window.clear();
    file.read(window, offset);
    window.flip();
    windowAt = offset;
    return window.limit() >= bytes;
  }

  /** Whether nothing was ever written from the current offset to the end of its block. */
  boolean untouched() throws IOException {
    if (offset + Frames.OVERHEAD > size || !load(Frames.OVERHEAD)) {
      return true;
    }
    int at = (int) (offset - windowAt);
    return window.getLong(at) == 0 && window.getLong(at + 8) == 0;
  }

  long offset() {
    return offset;
  }

  int kind() {
    return kind;
  }

  long position() {
    return position;
  }

  int length() {
    return length;
  }

  /** The current record's bytes, valid until the next move; big endian, read-only. */
  ByteBuffer payload() {
    int at = (int) (offset - windowAt) + Frames.OVERHEAD;
    return window.slice(at, length).order(ByteOrder.BIG_ENDIAN);
  }
}

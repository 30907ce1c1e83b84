package io.synod.testkit.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The bytes of one journal, with what tells a torn tail from damage, as the file store keeps it:
 * the durable end (rewritten after each force, so exact when the process dies and perhaps behind
 * when power is lost) and marks between records. A checkpoint starts a segment; a segment is
 * forced before the next one is created, so only the last one can have holes.
 */
final class JournalImage {
  private static final int HEADER = 8;
  private static final byte[] NOTHING = new byte[0];

  private final CRC32C crc = new CRC32C();
  private final List<Frame> frames = new ArrayList<>();
  private long oldest = 1;
  private long marked;
  /** The last record that is forced; what the durable end says of it; what it surely says. */
  private long forced;
  private long durableEnd;
  private long settledEnd;

  void append(long position, long durable, boolean checkpoint, ByteBuffer record) {
    byte[] bytes = new byte[HEADER + record.remaining()];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(record.remaining()).putInt(checksum(record)).put(record.duplicate());
    long mark = durable > marked ? durable : 0;
    marked = Math.max(marked, durable);
    frames.add(new Frame(position, mark, checkpoint, bytes, true));
  }

  /** All up to there is forced. */
  void forced(long durable) {
    forced = durable;
    durableEnd = durable;
  }

  /** The position of the last checkpoint, or 0. */
  long lastCheckpoint() {
    for (int i = frames.size() - 1; i >= 0; i--) {
      if (frames.get(i).checkpoint) {
        return frames.get(i).position;
      }
    }
    return 0;
  }

  /** Deletes everything before that position, which is a checkpoint's and forced. */
  void dropBefore(long position) {
    frames.subList(0, (int) (position - oldest)).clear();
    oldest = position;
    settledEnd = durableEnd;
  }

  void clear() {
    frames.clear();
    oldest = 1;
    marked = 0;
    forced = 0;
    durableEnd = 0;
    settledEnd = 0;
  }

  int size() {
    return frames.size();
  }

  /** Loses of the unforced what a crash loses. */
  void crash(SeededRandom random, DiskFaults faults) {
    int from = lastSegment(random, firstUnforced());
    if (faults.isScattered()) {
      scatter(random, faults, from);
      durableEnd = settledEnd + random.nextLong(durableEnd - settledEnd + 1);
    } else {
      int kept = from + random.nextInt(frames.size() - from + 1);
      boolean torn = kept < frames.size() && faults.isTorn() && random.nextBoolean();
      truncate(torn ? kept + 1 : kept);
      if (torn) {
        tear(random, faults, kept);
      }
    }
  }

  private int firstUnforced() {
    int first = frames.size();
    while (first > 0 && frames.get(first - 1).position > forced) {
      first--;
    }
    return first;
  }

  /** Where the segment begins that was the last one on disk; what follows it is gone. */
  private int lastSegment(SeededRandom random, int unforced) {
    int start = unforced;
    for (int i = unforced; i < frames.size(); i++) {
      if (frames.get(i).checkpoint) {
        if (random.nextBoolean()) {
          truncate(i);
        } else {
          start = i;
          forced(frames.get(i).position - 1);
          settledEnd = durableEnd;
        }
      }
    }
    return start;
  }

  private void scatter(SeededRandom random, DiskFaults faults, int from) {
    int last = from;
    for (int i = from; i < frames.size(); i++) {
      if (random.nextBoolean()) {
        frames.set(i, frames.get(i).with(NOTHING));
      } else {
        if (faults.isTorn() && random.chance(0.2)) {
          tear(random, faults, i);
        }
        faults.counts().add(FaultKind.SCATTERED_WRITES);
        last = i + 1;
      }
    }
    truncate(last);
  }

  private void tear(SeededRandom random, DiskFaults faults, int index) {
    byte[] bytes = frames.get(index).bytes.clone();
    if (bytes.length == 0) {
      return; // an earlier crash has lost it
    }
    int from = random.nextInt(bytes.length);
    boolean zeros = random.nextBoolean();
    for (int i = from; i < bytes.length; i++) {
      bytes[i] = zeros ? 0 : (byte) random.nextInt();
    }
    frames.set(index, frames.get(index).with(bytes));
    faults.counts().add(FaultKind.TORN_WRITES);
  }

  private void truncate(int size) {
    frames.subList(size, frames.size()).clear();
  }

  /**
   * Reads all records up to the first bad one, cuts what follows it unless that was durable, and
   * makes the rest durable. Returns the position of the last record.
   */
  long replay(Consumer<ByteBuffer> visitor) throws DamageFound {
    int read = 0;
    ByteBuffer content = frames.isEmpty() ? null : content(frames.get(0));
    while (content != null) {
      visitor.accept(content);
      read++;
      content = read < frames.size() ? content(frames.get(read)) : null;
    }
    long last = oldest + read - 1;
    long proven = provenFrom(read);
    if (proven > last) {
      throw new DamageFound("record " + (last + 1)
          + " is not whole, although all up to record " + proven + " was durable");
    }
    truncate(read);
    forced(last);
    settledEnd = last;
    marked = 0;
    return last;
  }

  /** Up to where all was durable, say the durable end and the marks from that frame on. */
  private long provenFrom(int index) throws DamageFound {
    long proven = durableEnd;
    for (int i = index; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      if (frame.mark > proven && content(frame) != null) {
        proven = frame.mark;
      }
    }
    return proven;
  }

  /**
   * Flips a bit of a forced record. Only where it will be found whatever else happens: the file
   * store does not promise to see damage of the last forced group together with a loss of power.
   */
  boolean flip(SeededRandom random) {
    long proven = settledEnd;
    for (Frame frame : frames) {
      proven = frame.position <= forced ? Math.max(proven, frame.mark) : proven;
    }
    int candidates = (int) (proven - oldest + 1);
    if (candidates <= 0) {
      return false;
    }
    int index = random.nextInt(candidates);
    byte[] bytes = frames.get(index).bytes.clone();
    int bit = random.nextInt(bytes.length * 8);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    frames.set(index, frames.get(index).with(bytes));
    return true;
  }

  /** Makes a forced record unreadable. */
  boolean loseSector(SeededRandom random) {
    int forced = firstUnforced();
    if (forced == 0) {
      return false;
    }
    int index = random.nextInt(forced);
    frames.set(index, frames.get(index).unreadable());
    return true;
  }

  private ByteBuffer content(Frame of) throws DamageFound {
    if (!of.readable) {
      throw new DamageFound("record " + of.position + " cannot be read: input/output error");
    }
    ByteBuffer frame = ByteBuffer.wrap(of.bytes);
    if (frame.remaining() < HEADER) {
      return null;
    }
    int length = frame.getInt();
    int sum = frame.getInt();
    return length == frame.remaining() && checksum(frame) == sum ? frame : null;
  }

  private int checksum(ByteBuffer content) {
    crc.reset();
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }

  private record Frame(
      long position, long mark, boolean checkpoint, byte[] bytes, boolean readable) {
    Frame with(byte[] other) {
      return new Frame(position, mark, checkpoint, other, readable);
    }

    Frame unreadable() {
      return new Frame(position, mark, checkpoint, bytes, false);
    }
  }
}

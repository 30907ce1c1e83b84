package io.synod.testkit.sim;

import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The disk of one node. Records are kept as framed bytes (length, checksum, content). What is
 * appended is cached until a force has taken its time; at a crash an unforced tail is lost, kept
 * up to some record, or torn in the middle of one. Volatile storage loses everything.
 */
final class SimulatedDisk {
  private static final int HEADER = 8;

  private final World world;
  private final SeededRandom random;
  private final boolean stable;
  private final DiskFaults faults;
  private final List<Frame> frames = new ArrayList<>();
  private final CRC32C crc = new CRC32C();
  private Incarnation incarnation = Incarnation.FOUNDING;
  private long appended;
  private long durable;
  private long forcing;
  private long generation;
  private boolean force;
  private long lastCheckpoint;
  private Snapshot snapshot;

  SimulatedDisk(World world, String name, boolean stable, DiskFaults faults) {
    this.world = world;
    this.random = world.stream("disk " + name);
    this.stable = stable;
    this.faults = faults;
  }

  /** Opens the store: true if this created it. */
  boolean open() {
    if (!incarnation.equals(Incarnation.FOUNDING)) {
      return false;
    }
    incarnation = new Incarnation(1 + random.nextLong(Long.MAX_VALUE - 1));
    return true;
  }

  Incarnation incarnation() {
    return incarnation;
  }

  /** Appends a record to the cache and returns its position. */
  long append(ByteBuffer record, boolean checkpoint) {
    byte[] bytes = new byte[HEADER + record.remaining()];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(record.remaining()).putInt(checksum(record)).put(record.duplicate());
    frames.add(new Frame(++appended, bytes));
    if (checkpoint) {
      lastCheckpoint = appended;
    }
    return appended;
  }

  /** Forces all appended so far; the listener hears of every rise of the durable position. */
  void sync(ForceListener listener) {
    if (force || forcing == appended) {
      return; // a later force, begun when this one ends, takes it along
    }
    force = true;
    forcing = appended;
    long own = generation;
    boolean fails = stable && random.chance(faults.failure());
    world.after(stable ? faults.latency(random) : 0, () -> {
      if (own == generation) {
        forced(fails, listener);
      }
    });
  }

  private void forced(boolean fails, ForceListener listener) {
    force = false;
    world.trace(TraceHash.mix(forcing, fails ? 1 : 0));
    if (fails) {
      listener.failed();
      return;
    }
    durable = forcing;
    listener.durable(durable);
  }

  /** Deletes everything before the last checkpoint. */
  void dropBeforeCheckpoint() {
    frames.removeIf(frame -> frame.position < lastCheckpoint);
  }

  /** Loses what a crash loses. */
  void crash() {
    generation++;
    force = false;
    if (!stable) {
      wipe();
      return;
    }
    int unforced = (int) (appended - durable);
    int kept = random.nextInt(unforced + 1);
    int first = frames.size() - unforced;
    boolean torn = kept < unforced && random.nextBoolean();
    for (int i = frames.size() - 1; i >= first + kept + (torn ? 1 : 0); i--) {
      frames.remove(i);
    }
    if (torn) {
      tear(first + kept);
    }
  }

  private void wipe() {
    frames.clear();
    snapshot = null;
    incarnation = Incarnation.FOUNDING;
    appended = 0;
    durable = 0;
    forcing = 0;
  }

  private void tear(int index) {
    Frame whole = frames.get(index);
    byte[] bytes = whole.bytes.clone();
    int from = random.nextInt(bytes.length);
    boolean cut = random.nextBoolean();
    for (int i = from; i < bytes.length; i++) {
      bytes[i] = cut ? 0 : (byte) random.nextInt();
    }
    frames.set(index, new Frame(whole.position, bytes));
  }

  /** Reads all records back, cutting a torn last one; what is read is durable afterwards. */
  void replay(Consumer<ByteBuffer> visitor) {
    for (int i = 0; i < frames.size(); i++) {
      ByteBuffer content = content(frames.get(i).bytes);
      if (content == null) {
        if (i != frames.size() - 1) {
          throw new IllegalStateException("damage before the end of a simulated journal");
        }
        frames.remove(i);
        break;
      }
      visitor.accept(content);
    }
    appended = frames.isEmpty() ? lastCheckpoint : frames.get(frames.size() - 1).position;
    durable = appended;
    forcing = appended;
  }

  private ByteBuffer content(byte[] bytes) {
    ByteBuffer frame = ByteBuffer.wrap(bytes);
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

  long durable() {
    return durable;
  }

  long appended() {
    return appended;
  }

  /** How many records lie there, whole or torn. */
  int frames() {
    return frames.size();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Commits a snapshot, atomically and durably: the one of the highest instance is the newest. */
  void snapshot(Snapshot committed) {
    if (snapshot == null || snapshot.last.before(committed.last)) {
      snapshot = committed;
    }
  }

  /** How long an operation of {@code bytes} takes in the background. */
  long background(int bytes) {
    return faults.latency(random) + 10L * bytes;
  }

  /** A complete snapshot: content and, at its end, a checksum. */
  record Snapshot(InstanceId last, byte[] bytes) {}

  /** Hears what became of forces, in the order of positions. */
  interface ForceListener {
    /** Everything up to that position is durable. */
    void durable(long position);

    /** The journal is not to be used any more. */
    void failed();
  }

  private record Frame(long position, byte[] bytes) {}
}

package io.synod.testkit.sim;

import io.synod.api.model.Incarnation;
import io.synod.api.storage.StorageException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The disk of one node: a journal, the newest snapshot, and whose store it is. What is appended is
 * cached until a force has taken its time. Volatile storage loses everything at a crash. A write
 * that the disk refuses ends the turn with a {@link StorageException}, as it stops a real node.
 */
final class SimulatedDisk {
  private final World world;
  private final SeededRandom random;
  private final boolean stable;
  private final DiskFaults faults;
  private final JournalImage journal = new JournalImage();
  private Incarnation incarnation = Incarnation.FOUNDING;
  private long appended;
  private long durable;
  private long forcing;
  private long generation;
  private Force running;
  private long dropBefore;
  private long room = Long.MAX_VALUE;
  private long longestForce;
  private long backgroundUntil;
  private SnapshotImage snapshot;

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
    take(record.remaining());
    journal.append(++appended, durable, checkpoint, record);
    return appended;
  }

  private void take(int bytes) {
    if (room < bytes) {
      faults.counts().add(FaultKind.FULL_DISK);
      throw new UncheckedIOException(new StorageException("no space is left on the disk"));
    }
    room -= room == Long.MAX_VALUE ? 0 : bytes;
  }

  /** No more than {@code bytes} fit. */
  void fill(int bytes) {
    room = bytes;
  }

  /** There is space again. */
  void free() {
    room = Long.MAX_VALUE;
  }

  /** Forces all appended so far; the listener hears of every rise of the durable position. */
  void sync(ForceListener listener) {
    if (running != null || forcing == appended) {
      return; // a later force, begun when this one ends, takes it along
    }
    forcing = appended;
    running = new Force(listener, stable && faults.fails(random));
    long latency = stable ? faults.force(random) : 0;
    longestForce = Math.max(longestForce, latency);
    complete(running, latency);
  }

  private void complete(Force force, long delay) {
    long own = generation;
    world.after(delay, () -> {
      if (own == generation && force == running) {
        running = null;
        forced(force);
      }
    });
  }

  private void forced(Force force) {
    world.trace(TraceHash.mix(forcing, force.fails ? 1 : 0));
    if (force.fails) {
      force.listener.failed();
      return;
    }
    durable = forcing;
    journal.forced(durable);
    drop();
    force.listener.durable(durable);
  }

  /** Deletes everything before the last checkpoint, once that is forced. */
  void dropBeforeCheckpoint() {
    dropBefore = journal.lastCheckpoint();
    drop();
  }

  private void drop() {
    if (dropBefore > 0 && dropBefore <= durable) {
      journal.dropBefore(dropBefore);
      dropBefore = 0;
    }
  }

  /** Loses what a crash loses. */
  void crash() {
    generation++;
    running = null;
    dropBefore = 0;
    if (stable) {
      journal.crash(random, faults);
    } else {
      wipe();
    }
  }

  /** Ends a force that would take long still; there is space again. */
  void heal() {
    free();
    if (running != null) {
      running = new Force(running.listener, false);
      complete(running, faults.latency(random));
    }
  }

  /** Empties it: the next one that opens it makes another store. */
  void wipe() {
    journal.clear();
    snapshot = null;
    incarnation = Incarnation.FOUNDING;
    appended = 0;
    durable = 0;
    forcing = 0;
  }

  /** Reads all records back, cutting a torn tail; what is read is durable afterwards. */
  void replay(Consumer<ByteBuffer> visitor) throws StorageException {
    appended = journal.replay(visitor);
    durable = appended;
    forcing = appended;
  }

  /** Flips a bit of the journal or of the snapshot; false where nothing is to be hurt yet. */
  boolean flipBit() {
    if (snapshot != null && random.nextBoolean()) {
      snapshot = snapshot.flipped(random.nextInt(snapshot.bytes().length * 8));
      return true;
    }
    return journal.flip(random);
  }

  /** Loses a sector of the journal or of the snapshot; false where there is none yet. */
  boolean loseSector() {
    if (snapshot != null && random.nextBoolean()) {
      snapshot = snapshot.flipped(random.nextInt(snapshot.bytes().length * 8));
      return true;
    }
    return journal.loseSector(random);
  }

  long durable() {
    return durable;
  }

  long appended() {
    return appended;
  }

  /** How many records lie there, whole or not. */
  int frames() {
    return journal.size();
  }

  SnapshotImage snapshot() {
    return snapshot;
  }

  /** Adds a snapshot, atomically and durably; the newest is the one of the highest instance. */
  void snapshot(SnapshotImage complete) {
    take(complete.bytes().length);
    if (snapshot == null || !complete.last().before(snapshot.last())) {
      snapshot = complete;
    }
  }

  /** After what time an operation of {@code bytes} ends in the background, one after the other. */
  long background(int bytes) {
    long end = world.now() + faults.latency(random) + 10L * bytes;
    backgroundUntil = Math.max(end, backgroundUntil + 1);
    return backgroundUntil - world.now();
  }

  /** The longest force begun since the last call. */
  long takeLongestForce() {
    long longest = longestForce;
    longestForce = 0;
    return longest;
  }

  /** Hears what became of forces, in the order of positions. */
  interface ForceListener {
    /** Everything up to that position is durable. */
    void durable(long position);

    /** The journal is not to be used any more. */
    void failed();
  }

  /** One force under way. */
  private static final class Force {
    private final ForceListener listener;
    private final boolean fails;

    Force(ForceListener listener, boolean fails) {
      this.listener = listener;
      this.fails = fails;
    }
  }
}

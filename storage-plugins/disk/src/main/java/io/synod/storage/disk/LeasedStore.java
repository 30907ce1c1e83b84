package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.register.leased.LeaseTimes;
import io.synod.register.leased.LeaseRecord;
import io.synod.register.leased.LeasedSteps;
import io.synod.register.leased.Move;
import io.synod.register.leased.SharedArea;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * One process' life at a memory under a lease: makes the moves of {@link LeasedSteps} on files,
 * each in time, on a thread that a disk may hang. No change begins after the time that the lease
 * allows for it, be it a later part of a step that hung: {@link Deadline} is looked at right
 * before each.
 *
 * <p>Whether an earlier life ended cleanly stands in a file of the process' own. If it did not,
 * this one takes the lease and the area before it believes what is there: the earlier life's
 * writes are done then, and what it left in the area is on the disk.
 */
final class LeasedStore implements PassiveStore {
  /** So many bytes of a log, then what it amounts to takes its place. */
  private static final long LONG_LOG = 16L << 20;

  private final LeasedAddress where;
  private final LeaseTimes times;
  private final Duration patience;
  private final PatientThread thread;
  private final Deadline deadline = new Deadline();
  private final LeaseRecord life;
  private final LeasedSteps steps;
  private LeasedFiles files;
  private LeaseRecord seen = LeaseRecord.NONE;
  private long compacted;
  private StorageException failure;

  /** How the files are opened. */
  interface Opening {
    /** May block for as long as it likes. */
    LeasedFiles open(Deadline guard) throws StorageException;
  }

  private LeasedStore(Terms terms, PassiveUse use) {
    this.where = terms.where();
    this.times = terms.times();
    this.patience = terms.patience();
    this.thread = new PatientThread(
        where.path(), "write in its address, else " + DiskPlugin.TIMEOUT.key());
    this.life = new LeaseRecord(use.process(), new SecureRandom().nextLong(), 1, true);
    this.steps = new LeasedSteps(use.process(), life.life(), times);
  }

  /**
   * On which terms it is used.
   *
   * @param patience how long anything may take that has no bound of its own
   */
  record Terms(LeasedAddress where, LeaseTimes times, Duration patience) {}

  /** Opens it for a new life. */
  static LeasedStore open(Terms terms, Opening opening, PassiveUse use) throws StorageException {
    LeasedStore store = new LeasedStore(terms, use);
    try {
      store.begin(opening);
      return store;
    } catch (StorageException | RuntimeException e) {
      store.failed(e);
      store.close();
      throw e;
    }
  }

  private void begin(Opening opening) throws StorageException {
    files = patiently(() -> opening.open(deadline));
    LeaseRecord before = patiently(files.life()::read);
    write(patience, files.life(), life);
    if (before.held()) {
      steps.take();
      move();
    }
  }

  @Override
  public Incarnation incarnation() {
    return files.incarnation();
  }

  @Override
  public List<DurableRecord> own() throws StorageException {
    var held = steps.area(System.nanoTime());
    return held.isPresent() ? held.get().own()
        : SharedArea.of(patiently(files::records)).own();
  }

  @Override
  public View exchange(Step step) throws StorageException {
    if (failure != null) {
      throw new StorageException("the disk at " + where.path()
          + " has failed and is to be opened again: " + failure.getMessage(), failure);
    }
    try {
      steps.begin(step);
      return move();
    } catch (StorageException | RuntimeException e) {
      throw failed(e);
    }
  }

  private StorageException failed(Exception why) {
    steps.failed();
    deadline.end();
    failure = why instanceof StorageException known ? known
        : new StorageException("at the disk " + where.path() + ": " + why, why);
    return failure;
  }

  private View move() throws StorageException {
    long end = System.nanoTime() + times.patience();
    while (true) {
      long now = System.nanoTime();
      Move move = steps.next(now);
      if (move instanceof Move.Done done) {
        return done.view();
      } else if (now - end > 0) {
        throw new StorageException("the lease for writing to " + where.path() + " is not to be"
            + " had: " + seen.process() + " has it");
      }
      deadline.set(steps.writableUntil(now));
      make(move, now);
    }
  }

  private void make(Move move, long now) throws StorageException {
    if (move instanceof Move.Pause pause) {
      pause(now + pause.nanos());
    } else if (move instanceof Move.Look look) {
      steps.looked(patiently(() -> files.look(look.votesFrom())));
    } else if (move instanceof Move.Find) {
      steps.found(SharedArea.of(patiently(files::durable)));
    } else if (move instanceof Move.Take) {
      take();
    } else if (move instanceof Move.Write write) {
      write(write.records());
    } else {
      makeOfRecord(move, now);
    }
  }

  private void makeOfRecord(Move move, long now) throws StorageException {
    if (move instanceof Move.ReadLease) {
      seen = patiently(files.lease()::read);
      steps.foundLease(seen, now, System.nanoTime());
    } else if (move instanceof Move.WriteLease lease) {
      write(where.write(), files.lease(), lease.record());
      steps.wroteLease(System.nanoTime());
    } else if (move instanceof Move.ReadWish) {
      steps.foundWish(patiently(files.wish()::read));
    } else if (move instanceof Move.WriteWish wish) {
      write(patience, files.wish(), wish.record());
      steps.wroteWish(System.nanoTime());
    }
  }

  private static void pause(long end) throws StorageException {
    long left = end - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new StorageException("interrupted while waiting for the lease for writing");
      }
      left = end - System.nanoTime();
    }
  }

  private void take() throws StorageException {
    List<DurableRecord> records = patiently(() -> files.take(life));
    steps.took(SharedArea.of(records), System.nanoTime());
    compacted = 0;
    compactIfLong();
  }

  private void write(List<DurableRecord> records) throws StorageException {
    append(where.write(), records);
    if (!steps.wrote(System.nanoTime())) {
      throw new StorageException("a write to " + where.path() + " took longer than "
          + where.write().toMillis() + "ms (write of its address): whether it was done in time is"
          + " not known, and if that was all the longer the acceptor may have forgotten something");
    }
    compactIfLong();
  }

  /** Nobody waits for this: if it does not come about in time, the next holder does it. */
  private void compactIfLong() throws StorageException {
    long now = System.nanoTime();
    var held = steps.area(now);
    if (held.isPresent() && files.logBytes() > LONG_LOG + 2 * compacted) {
      deadline.set(steps.writableUntil(now));
      append(patience, List.of(held.get().checkpoint()));
      compacted = files.logBytes();
    }
  }

  private void append(Duration inTime, List<DurableRecord> records) throws StorageException {
    thread.call(inTime, () -> {
      files.write(records);
      return null;
    });
  }

  private void write(Duration inTime, RegisterFile file, LeaseRecord record)
      throws StorageException {
    thread.call(inTime, () -> {
      file.write(record);
      return null;
    });
  }

  private <T> T patiently(Callable<T> operation) throws StorageException {
    return thread.call(patience, operation);
  }

  /** Lets go of the lease, so that nobody waits for it, unless something is not known. */
  @Override
  public void close() {
    if (failure == null) {
      letGo();
    }
    deadline.end();
    thread.end(patience, () -> {
      if (files != null) {
        files.close();
      }
    });
  }

  private void letGo() {
    try {
      long now = System.nanoTime();
      var release = steps.release(now);
      if (release.isPresent() && release.get() instanceof Move.WriteLease free) {
        deadline.set(steps.writableUntil(now));
        write(where.write(), files.lease(), free.record());
      }
      LeaseRecord ended = new LeaseRecord(life.process(), life.life(), 2, false);
      write(patience, files.life(), ended);
      failed(new StorageException("it is closed"));
    } catch (StorageException | RuntimeException e) {
      failed(e);
    }
  }
}

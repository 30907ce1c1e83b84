package io.synod.storage.disk;

import io.synod.api.model.Ballot;
import io.synod.api.model.Incarnation;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A store as a node drives it: it is looked at now and then, which is when a holder gives way, and
 * opened again after a failure, as when the machine is slower than writes may be.
 */
final class Driven implements PassiveStore {
  private static final Step LOOK = new Step(Ballot.BOTTOM, List.of(), Optional.empty());
  private static final long LOOK_MILLIS = 4;
  private static final int ATTEMPTS = 50;

  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private final Opener opener;
  private PassiveStore store;
  private boolean closed;

  /** Opens what is driven. */
  interface Opener {
    PassiveStore open() throws StorageException;
  }

  private interface Use<T> {
    T of(PassiveStore store) throws StorageException;
  }

  Driven(Opener opener) throws StorageException {
    this.opener = opener;
    this.store = opener.open();
    looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      exchange(LOOK);
    } catch (StorageException e) {
      looks.shutdown();
    }
  }

  private synchronized <T> T use(Use<T> use) throws StorageException {
    for (int i = 1; i < ATTEMPTS && !closed; i++) {
      try {
        return use.of(store);
      } catch (StorageException e) {
        reopen();
      }
    }
    return use.of(store);
  }

  private void reopen() {
    try {
      store.close();
      store = opener.open();
    } catch (StorageException e) {
      return; // what follows fails, and comes here again
    }
  }

  @Override
  public Incarnation incarnation() {
    return store.incarnation();
  }

  @Override
  public List<DurableRecord> own() throws StorageException {
    return use(PassiveStore::own);
  }

  @Override
  public View exchange(Step step) throws StorageException {
    return use(open -> open.exchange(step));
  }

  @Override
  public void close() {
    looks.shutdown();
    synchronized (this) {
      closed = true;
      store.close();
    }
  }
}

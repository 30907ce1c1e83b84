package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Blocks whose operations are waited for only so long: each runs on a thread of its own, which a
 * disk that hangs may hold for ever. Until it comes back the own area stays locked, since what
 * hangs may still be written.
 */
final class TimedBlocks implements Blocks {
  private final PatientThread thread;
  private final String place;
  private final Duration patience;
  /** Of that thread. */
  private Blocks opened;

  /** How the blocks within are opened. */
  interface Opening {
    /** May block for as long as it likes. */
    Blocks open() throws StorageException;
  }

  private TimedBlocks(String place, Duration patience) {
    this.thread = new PatientThread(place, DiskPlugin.TIMEOUT.key());
    this.place = place;
    this.patience = patience;
  }

  /** Opens what is at {@code place}, in time. */
  static TimedBlocks open(String place, Duration patience, Opening opening)
      throws StorageException {
    TimedBlocks timed = new TimedBlocks(place, patience);
    try {
      timed.call(() -> timed.opened = opening.open());
      return timed;
    } catch (StorageException | RuntimeException e) {
      timed.close();
      throw e;
    }
  }

  private <T> T call(Callable<T> operation) throws StorageException {
    return thread.call(patience, operation);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public Incarnation incarnation() {
    return opened.incarnation(); // made before it was handed over
  }

  @Override
  public Map<NodeId, ByteBuffer> exchange(List<Block> blocks) throws StorageException {
    return call(() -> opened.exchange(blocks));
  }

  @Override
  public Optional<ByteBuffer> log(NodeId area, long generation, long from)
      throws StorageException {
    return call(() -> opened.log(area, generation, from));
  }

  @Override
  public void keepOnly(long generation) throws StorageException {
    call(() -> {
      opened.keepOnly(generation);
      return null;
    });
  }

  @Override
  public void close() {
    thread.end(patience, () -> {
      if (opened != null) {
        opened.close();
      }
    });
  }
}

package io.synod.api.passive;

import io.synod.api.model.Incarnation;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import java.util.List;

/**
 * A passive acceptor as one process reaches it: a disk, a database. Made by a plugin for one
 * scheme of addresses. Used by one thread; every method may block, but not for ever: a time-out is
 * a failure. After a failure it is closed and, after a while, opened again.
 */
public interface PassiveStore extends AutoCloseable {
  /** Names what was found there: drawn when it was made, so that another one is told from it. */
  Incarnation incarnation();

  /**
   * What this process must know again of its own earlier exchanges: records that amount to all of
   * them, or to all that anybody wrote. What an earlier opening by this process had under way is
   * in it, or never comes there.
   */
  List<DurableRecord> own() throws StorageException;

  /**
   * Writes the step, then reads. What the step says is durable when the reading begins: of two
   * steps of different processes, at least one sees the other's. If the view's promise is above the
   * step's ballot the step is refused; then it may or may not have been written, but no vote of
   * a refused step takes the place of one in a higher ballot.
   *
   * @throws StorageException if it is not known to be written or could not be read; the message
   *     names the place, for people
   */
  View exchange(Step step) throws StorageException;

  @Override
  void close();
}

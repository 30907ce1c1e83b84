package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import java.io.IOException;

/**
 * What the thread of a {@link ThreadedJournal} writes to. All on that thread, but for {@link
 * #backlog}. After the first exception only {@link #close} is called.
 */
public interface JournalMedium {
  /** Writes out all that was published, without forcing it; returns the position up to which. */
  long write() throws IOException;

  /** Forces all written, which reaches up to {@code position}, and remembers that. */
  void force(long position) throws IOException;

  /** All up to here was forced. */
  long durable();

  /** Forgets what lies before the checkpoint at {@code position}; all before it is forced. */
  void dropBefore(long position) throws IOException;

  /** Bytes that wait to be written, as far as they weigh; any thread. */
  long backlog();

  /** Says where writing failed and what to do. */
  StorageException unwritable(IOException cause);

  /** Closes without forcing. Idempotent. */
  void close();
}

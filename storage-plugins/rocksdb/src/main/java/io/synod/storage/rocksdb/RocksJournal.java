package io.synod.storage.rocksdb;

import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.storage.file.Damage;
import io.synod.storage.file.DurableEnd;
import io.synod.storage.file.JournalMedium;
import io.synod.storage.file.ThreadedJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal as entries of a database. The loop fills a batch; the journal's thread writes whole
 * batches to the database's log and syncs it once for all that wait.
 */
final class RocksJournal extends ThreadedJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RocksJournal.class);
  /** A batch of so much is handed over though nobody asked for a force. */
  private static final long BATCH = 256L << 10;

  private final Database database;
  private final DurableEnd end;
  private final Medium medium = new Medium();
  private final EntryEncoder encoder = new EntryEncoder();
  private WriteBatch batch = new WriteBatch();
  private boolean empty = true;

  RocksJournal(
      Path directory, StoreIdentity identity, Database database, DurableEnd end, long buffered) {
    super(directory, identity, buffered);
    this.database = database;
    this.end = end;
  }

  /** A batch on its way; {@code last} is the position of its last record. */
  private record Published(WriteBatch batch, long last, long bytes) {}

  @Override
  protected JournalMedium medium() {
    return medium;
  }

  @Override
  protected long recover(Visitor visitor, TreeSet<Long> checkpoints) throws StorageException {
    long last = database.replay(visitor, checkpoints);
    try {
      // What the database found in its log it has written and synced anew.
      end.reached(last);
      end.force();
    } catch (IOException e) {
      throw medium.unwritable(e);
    }
    medium.written = last;
    return last;
  }

  @Override
  protected void put(long position, ByteBuffer record, boolean checkpoint)
      throws StorageException {
    encoder.put(batch, position, record, checkpoint);
    empty = false;
    if (batch.getDataSize() >= BATCH) {
      publish(position);
      awaitDisk();
    }
  }

  @Override
  protected void publish(long position) {
    if (!empty) {
      long bytes = batch.getDataSize();
      medium.backlog.addAndGet(bytes);
      medium.queue.add(new Published(batch, position, bytes));
      batch = new WriteBatch();
      empty = true;
    }
  }

  @Override
  protected void release() {
    batch.close();
  }

  /** The thread's side. */
  private final class Medium implements JournalMedium {
    private final ConcurrentLinkedQueue<Published> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong backlog = new AtomicLong();
    private long written;
    private boolean closed;

    @Override
    public long write() throws IOException {
      for (Published next = queue.poll(); next != null; next = queue.poll()) {
        try (WriteBatch records = next.batch) {
          database.write(records);
        }
        backlog.addAndGet(-next.bytes);
        written = next.last;
      }
      return written;
    }

    @Override
    public void force(long position) throws IOException {
      if (position > end.durable()) {
        database.sync();
        end.reached(position);
      }
    }

    @Override
    public long durable() {
      return end.durable();
    }

    @Override
    public void dropBefore(long position) throws IOException {
      end.force();
      database.dropBefore(position);
    }

    @Override
    public long backlog() {
      return backlog.get();
    }

    @Override
    public StorageException unwritable(IOException cause) {
      return Damage.unwritable(database.directory(), cause);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      queue.forEach(left -> left.batch.close());
      try (DurableEnd closedLast = end) {
        database.close();
      } catch (IOException e) {
        LOG.warn("closing {} failed: {}", database.directory(), e.getMessage());
      }
    }
  }
}

package com.example.synod;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * Files {@code journal-<first position>}, one begun by each checkpoint, of records: length,
 * checksum, bytes. Appends go to the system at once; a thread forces. One for production would
 * answer many waiting syncs with one force, tell damage of what was durable from a torn tail
 * (here the last file is cut at its first bad record), and write again after a crash what may not
 * have been forced.
 */
final class PlainJournal implements Journal {
  private static final int HEADER = 2 * Integer.BYTES;

  private final Path directory;
  private final TreeMap<Long, Path> files = new TreeMap<>();
  private final ExecutorService forcer = Executors.newSingleThreadExecutor(task -> {
    Thread thread = new Thread(task, "plain-journal");
    thread.setDaemon(true);
    return thread;
  });
  private final CRC32C crc = new CRC32C();
  private FileChannel channel;
  private long last;
  private boolean closed;
  private volatile StorageException failure;

  PlainJournal(Path directory) {
    this.directory = directory;
  }

  @Override
  public void replay(Visitor visitor) throws StorageException {
    if (closed || channel != null) {
      throw new IllegalStateException("a journal is replayed once, before it is closed");
    }
    try {
      files.putAll(PlainFiles.numbered(directory, "journal-"));
      for (Map.Entry<Long, Path> file : files.entrySet()) {
        last = last == 0 ? file.getKey() - 1 : last;
        if (file.getKey() != last + 1) {
          throw new StorageException(file.getValue() + " does not follow record " + last);
        }
        replay(file.getValue(), file.getKey().equals(files.lastKey()), visitor);
      }
      if (files.isEmpty()) {
        begin();
      }
    } catch (IOException e) {
      throw fail("read", e);
    }
  }

  private void replay(Path path, boolean newest, Visitor visitor) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
    int end = 0;
    for (ByteBuffer record = next(in); record != null; record = next(in)) {
      visitor.record(++last, record);
      end = in.position();
    }
    if (!newest && end < in.limit()) {
      throw new StorageException(path + " is damaged at offset " + end);
    }
    if (newest) {
      channel = FileChannel.open(path, StandardOpenOption.WRITE);
      channel.truncate(end).position(end).force(true);
    }
  }

  /** The next record, or null where there is no whole one. */
  private ByteBuffer next(ByteBuffer in) {
    if (in.remaining() < HEADER) {
      return null;
    }
    int at = in.position();
    int length = in.getInt(at);
    if (length < 0 || length > in.remaining() - HEADER) {
      return null;
    }
    ByteBuffer record = in.slice(at + HEADER, length);
    in.position(at + HEADER + length);
    return checksum(last + 1, record) == in.getInt(at + Integer.BYTES) ? record : null;
  }

  private int checksum(long position, ByteBuffer record) {
    crc.reset();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
    crc.update(record.duplicate());
    return (int) crc.getValue();
  }

  @Override
  public long append(ByteBuffer record) throws StorageException {
    refuseIfUnwritable();
    ByteBuffer out = ByteBuffer.allocate(HEADER + record.remaining())
        .putInt(record.remaining()).putInt(checksum(last + 1, record)).put(record.duplicate());
    out.flip();
    try {
      while (out.hasRemaining()) {
        channel.write(out);
      }
    } catch (IOException e) {
      throw fail("written", e);
    }
    return ++last;
  }

  @Override
  public long appendCheckpoint(ByteBuffer record) throws StorageException {
    refuseIfUnwritable();
    try {
      // Only the last file may ever be torn.
      channel.force(false);
      begin();
    } catch (IOException e) {
      throw fail("written", e);
    }
    return append(record);
  }

  private void begin() throws IOException {
    Path path = directory.resolve("journal-" + (last + 1));
    channel = FileChannel.open(path, StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    PlainFiles.forceDirectory(directory);
    files.put(last + 1, path);
  }

  private void refuseIfUnwritable() throws StorageException {
    if (closed) {
      throw new StorageException("the journal in " + directory + " is closed");
    }
    if (channel == null) {
      throw new IllegalStateException("a journal must be replayed before it is appended to");
    }
    if (failure != null) {
      throw failure;
    }
  }

  private StorageException fail(String what, IOException e) {
    failure = e instanceof StorageException known ? known
        : new StorageException("the journal in " + directory + " cannot be " + what + ": " + e, e);
    return failure;
  }

  @Override
  public void sync(SyncListener listener) {
    if (closed || channel == null) {
      listener.failed(new StorageException("the journal in " + directory + " is not open"));
      return;
    }
    FileChannel written = channel;
    long position = last;
    forcer.execute(() -> force(written, position, listener));
  }

  /** After a failure nothing is forced any more: a second force could succeed in vain. */
  private void force(FileChannel written, long position, SyncListener listener) {
    try {
      if (failure == null) {
        written.force(false);
      }
    } catch (IOException e) {
      fail("forced", e);
    }
    if (failure == null) {
      listener.durable(position);
    } else {
      listener.failed(failure);
    }
  }

  @Override
  public void dropBefore(long position) throws StorageException {
    if (!files.containsKey(position)) {
      throw new IllegalArgumentException("record " + position + " is not a checkpoint");
    }
    refuseIfUnwritable();
    try {
      // Oldest first: what a crash leaves has no gap.
      Map<Long, Path> dropped = files.headMap(position);
      for (Path path : dropped.values()) {
        Files.delete(path);
      }
      dropped.clear();
    } catch (IOException e) {
      throw fail("written", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    forcer.shutdown();
    try {
      if (!forcer.awaitTermination(1, TimeUnit.MINUTES)) {
        forcer.shutdownNow();
      }
      if (channel != null) {
        channel.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      fail("closed", e);
    }
  }
}

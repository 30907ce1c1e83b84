package io.synod.storage.rocksdb;

import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.storage.file.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** The database of a journal: whose it is, and its records by position. */
final class Database {
  private static final byte[] IDENTITY = {0};

  private final Path directory;
  private final Options options;
  private final RocksDB rocks;
  private final WriteOptions unforced = new WriteOptions();
  private final WriteOptions forced = new WriteOptions().setSync(true);

  private Database(Path directory, Options options, RocksDB rocks) {
    this.directory = directory;
    this.options = options;
    this.rocks = rocks;
  }

  /**
   * Opens or creates. What is there is first looked at without changing it, so that a damaged one
   * can be inspected as it was found.
   *
   * @param durable the position up to which the journal must reach
   */
  static Database open(Path directory, StoreIdentity identity, long durable, long memtable)
      throws StorageException {
    load();
    boolean there = Files.exists(directory.resolve("CURRENT"));
    if (!there && durable > 0) {
      throw Damage.missing(directory, "it holds the journal up to record " + durable);
    }
    Options options = options(memtable);
    try {
      if (there) {
        check(directory, options, identity, durable);
      }
      RocksDB rocks = RocksDB.open(options.setCreateIfMissing(!there), directory.toString());
      Database database = new Database(directory, options, rocks);
      database.claim(identity);
      return database;
    } catch (RocksDBException e) {
      options.close();
      throw refused(directory, e);
    } catch (StorageException | RuntimeException | Error e) {
      options.close();
      throw e;
    }
  }

  private static void load() throws StorageException {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | LinkageError e) {
      throw new StorageException("the library of RocksDB cannot be loaded on this system ("
          + e.getMessage() + "): choose synod.storage = file, or let the JVM run code from "
          + System.getProperty("java.io.tmpdir"), e);
    }
  }

  private static Options options(long memtable) {
    return new Options()
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setWriteBufferSize(memtable)
        .setKeepLogFileNum(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL);
  }

  private static void check(
      Path directory, Options options, StoreIdentity identity, long durable)
      throws StorageException, RocksDBException {
    try (RocksDB rocks = RocksDB.openReadOnly(options, directory.toString())) {
      byte[] found = rocks.get(IDENTITY);
      if (found != null && !Arrays.equals(found, bytes(identity))) {
        throw new StorageException(directory + " belongs to "
            + new String(found, StandardCharsets.UTF_8) + ", but this store is of " + identity
            + ": put the database back where it came from");
      }
      long last = last(rocks);
      if (last < durable || found == null && last > 0) {
        throw Damage.of(directory, "its log ends with record " + last + ", although all up to"
            + " record " + durable + " was durable", null);
      }
    }
  }

  private static long last(RocksDB rocks) throws RocksDBException {
    try (RocksIterator all = rocks.newIterator()) {
      all.seekToLast();
      all.status();
      return all.isValid() && all.key()[0] == EntryEncoder.RECORD_TAG ? position(all.key()) : 0;
    }
  }

  private static long position(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  private static byte[] bytes(StoreIdentity identity) {
    return identity.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void claim(StoreIdentity identity) throws StorageException {
    try {
      if (rocks.get(IDENTITY) == null) {
        rocks.put(forced, IDENTITY, bytes(identity));
      }
    } catch (RocksDBException e) {
      close();
      throw Damage.unwritable(directory, new IOException(e.getMessage(), e));
    }
  }

  private static StorageException refused(Path directory, RocksDBException e) {
    Status status = e.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return Damage.of(directory, e.getMessage(), e);
    }
    return Damage.unreadable(directory, new IOException(e.getMessage(), e));
  }

  Path directory() {
    return directory;
  }

  /** Visits all records in order; returns the position of the last, 0 if there is none. */
  long replay(Journal.Visitor visitor, TreeSet<Long> checkpoints) throws StorageException {
    long last = 0;
    try (ReadOptions reading = new ReadOptions().setFillCache(false);
        RocksIterator records = rocks.newIterator(reading)) {
      for (records.seek(EntryEncoder.key(0)); records.isValid(); records.next()) {
        long position = position(records.key());
        byte[] value = records.value();
        boolean checkpoint = value[0] == EntryEncoder.CHECKPOINT;
        if (position != last + 1 && (last != 0 || !checkpoint)) {
          throw Damage.of(
              directory, "record " + (last + 1) + " is missing before " + position, null);
        }
        visitor.record(position, ByteBuffer.wrap(value, 1, value.length - 1).slice());
        if (checkpoint) {
          checkpoints.add(position);
        }
        last = position;
      }
      records.status();
    } catch (RocksDBException e) {
      throw refused(directory, e);
    }
    return last;
  }

  /** Writes to the database's log without forcing it. */
  void write(WriteBatch records) throws IOException {
    try {
      rocks.write(unforced, records);
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Forces the database's log. */
  void sync() throws IOException {
    try {
      rocks.syncWal();
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Deletes all records before that one, and at once those files that hold nothing else. */
  void dropBefore(long position) throws IOException {
    byte[] from = EntryEncoder.key(0);
    byte[] to = EntryEncoder.key(position);
    try {
      rocks.deleteRange(forced, from, to);
      rocks.deleteFilesInRanges(
          rocks.getDefaultColumnFamily(), List.of(from, to), false);
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  void close() {
    rocks.close();
    unforced.close();
    forced.close();
    options.close();
  }
}

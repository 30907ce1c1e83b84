package io.synod.server.kv;

import io.synod.api.lease.NamedLeases;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what {@link SnapshotWriter} wrote into a new state; refuses anything else. */
final class SnapshotReader {
  private static final int BUFFER = 1 << 16;

  private final DataInputStream in;
  private final Store store = new Store();
  private final OnceTable once = new OnceTable();

  SnapshotReader(InputStream stream) {
    in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
  }

  Store store() {
    return store;
  }

  OnceTable once() {
    return once;
  }

  void readAll() throws IOException {
    long magic = in.readLong();
    require(magic == SnapshotWriter.MAGIC || magic == SnapshotWriter.MAGIC_1, "start");
    // The time is set last: entries that had expired but were still there stay as they were.
    long now = in.readLong();
    int count = length();
    for (int i = 0; i < count; i++) {
      Bytes key = new Bytes(readBytes());
      byte[] value = readBytes();
      store.put(key, value, in.readLong());
    }
    int clients = length();
    for (int i = 0; i < clients; i++) {
      Bytes name = new Bytes(readBytes());
      once.restore(name, readClient());
    }
    if (magic == SnapshotWriter.MAGIC) {
      store.restoreLeases(NamedLeases.readFrom(in));
    }
    require(in.readLong() == magic, "end");
    store.restoreTime(now);
  }

  private OnceTable.Client readClient() throws IOException {
    long until = in.readLong();
    int count = length();
    if (count < 1 || count > OnceTable.REMEMBERED) {
      throw new IOException("not a key-value snapshot: a client with " + count + " replies");
    }
    long[] sequences = new long[count];
    byte[][] replies = new byte[count][];
    for (int i = 0; i < count; i++) {
      sequences[i] = in.readLong();
      replies[i] = readBytes();
    }
    return new OnceTable.Client(until, sequences, replies);
  }

  /** Reads what is there rather than allocating what is announced. */
  private byte[] readBytes() throws IOException {
    int length = length();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the key-value snapshot ends in the middle");
    }
    return bytes;
  }

  private int length() throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("not a key-value snapshot: a length of " + length);
    }
    return length;
  }

  private static void require(boolean right, String where) throws IOException {
    if (!right) {
      throw new IOException("not a key-value snapshot: wrong mark at its " + where);
    }
  }
}

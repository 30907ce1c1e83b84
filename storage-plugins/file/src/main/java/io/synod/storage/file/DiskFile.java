package io.synod.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. One thread at a time; every method may block. */
public interface DiskFile extends Closeable {
  /** Writes all that remains in {@code from}, from offset {@code at} on. */
  void write(ByteBuffer from, long at) throws IOException;

  /** Fills {@code into} from offset {@code at} on, or up to the file's end. */
  void read(ByteBuffer into, long at) throws IOException;

  /** Its length. */
  long size() throws IOException;

  /** Cuts it to {@code length}. */
  void truncate(long length) throws IOException;

  /** Makes what was written durable; with {@code metadata} also a changed length. */
  void force(boolean metadata) throws IOException;
}

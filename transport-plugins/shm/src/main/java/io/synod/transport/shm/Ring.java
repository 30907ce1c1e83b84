package io.synod.transport.shm;

import io.synod.api.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * A channel from one node to another: a file with its header and a ring of pieces of messages.
 * {@link #START} begins a message with its length, {@link #MORE} goes on with it.
 */
final class Ring implements AutoCloseable {
  static final int START = 1;
  static final int MORE = 2;

  private final MappedFile file;
  private final Object key;
  /** Null when it is closed, since a touch then would end the JVM. */
  private Header header;
  private OneToOneRingBuffer pieces;

  private Ring(MappedFile file, Header header, Object key) {
    this.file = file;
    this.header = header;
    this.pieces = new OneToOneRingBuffer(
        file.part(Header.BYTES, file.length() - Header.BYTES));
    this.key = key;
  }

  /** What a ring of that capacity takes besides the header. */
  static long bytes(long capacity) {
    return capacity == 0 ? 0 : capacity + RingBufferDescriptor.TRAILER_LENGTH;
  }

  /** A new, empty one in the place of whatever was there, for one life of its reader. */
  static Ring create(
      Path path, Header.Life life, long capacity, Header door, NodeId reader)
      throws IOException {
    MappedFile file = MappedFile.create(path, Header.BYTES + bytes(capacity));
    try {
      Header header = Header.write(file, Header.RING, life, capacity);
      header.reader(reader, door.life());
      file.publish();
      return new Ring(file, header, MappedFile.key(path));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The one that is there; refuses what is no whole ring. */
  static Ring open(Path path, Object key) throws IOException {
    MappedFile file = MappedFile.open(path);
    try {
      Header header = Header.read(file, Header.RING);
      long capacity = header.capacity();
      if (capacity < OneToOneRingBuffer.MIN_CAPACITY || Long.bitCount(capacity) != 1) {
        throw new FaultException(path, 0, "begins a ring of " + capacity + " bytes; remove it");
      }
      return new Ring(file, header, key);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  Header header() {
    return header;
  }

  OneToOneRingBuffer pieces() {
    return pieces;
  }

  MappedFile file() {
    return file;
  }

  /** Whether its file still has its name and its length. */
  boolean inPlace() {
    return file.inPlace(key);
  }

  /** Says that nothing more will come, and removes the file. The writer only. */
  void end() throws IOException {
    try {
      if (inPlace()) {
        header.end();
        Files.deleteIfExists(file.path());
      }
    } finally {
      close();
    }
  }

  /** Says so, and closes. The reader only. */
  void close(Header.Verdict verdict) {
    try {
      header.verdict(verdict);
    } catch (InternalError e) {
      // The file was cut; its writer finds the same.
      pieces = null;
    }
    close();
  }

  @Override
  public void close() {
    header = null;
    pieces = null;
    file.close();
  }
}

package io.synod.transport.shm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A file in memory. After {@link #close} nothing of it may be touched: the JVM would crash. */
final class MappedFile implements AutoCloseable {
  private static final int BLOCK = 64 << 10;

  private final Path path;
  private final MappedByteBuffer bytes;

  private MappedFile(Path path, MappedByteBuffer bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /**
   * Makes a file of zeros aside; {@link #publish} gives it its name. All of it is written, so that
   * a full disk is told here and not by a signal later.
   */
  static MappedFile create(Path path, long length) throws IOException {
    Path aside = aside(path);
    try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
      for (long at = 0; at < length; at += zeros.position()) {
        channel.write(zeros.clear().limit((int) Math.min(BLOCK, length - at)), at);
      }
      return new MappedFile(path, channel.map(FileChannel.MapMode.READ_WRITE, 0, length));
    } catch (IOException e) {
      Files.deleteIfExists(aside);
      throw e;
    }
  }

  private static Path aside(Path path) {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  /** Maps what is there; refuses what is too short for a header. */
  static MappedFile open(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long length = channel.size();
      if (length < Header.BYTES || length > Integer.MAX_VALUE) {
        throw new FaultException(path, Math.min(length, Header.BYTES),
            "it ends, or does not end, as no file of this transport: its length is " + length);
      }
      return new MappedFile(path, channel.map(FileChannel.MapMode.READ_WRITE, 0, length));
    }
  }

  /** Gives the file its name, in the place of whatever has it. */
  void publish() throws IOException {
    Files.move(aside(path), path, StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path path() {
    return path;
  }

  int length() {
    return bytes.capacity();
  }

  UnsafeBuffer part(int offset, int length) {
    return new UnsafeBuffer(bytes, offset, length);
  }

  /** Another view of all of it. */
  ByteBuffer view() {
    return bytes.duplicate();
  }

  /** Whether the name still belongs to this file, with all of its length. */
  boolean inPlace(Object key) {
    try {
      return key.equals(key(path)) && Files.size(path) == length();
    } catch (IOException e) {
      return false;
    }
  }

  /** What tells a file from another of the same name. */
  static Object key(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }

  @Override
  public void close() {
    IoUtil.unmap(bytes);
  }
}

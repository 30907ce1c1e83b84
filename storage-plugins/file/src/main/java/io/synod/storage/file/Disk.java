package io.synod.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The few operations on files that a store needs; tests put faults in between. Any thread; every
 * method may block as long as the operating system does.
 */
public interface Disk {
  /** Opens for reading only. */
  DiskFile read(Path path) throws IOException;

  /** Opens an existing file for reading and writing. */
  DiskFile update(Path path) throws IOException;

  /** Creates or empties a file, for reading and writing. */
  DiskFile create(Path path) throws IOException;

  /** Renames atomically, replacing what has that name. */
  void move(Path from, Path to) throws IOException;

  /** Deletes the file if it exists. */
  void delete(Path path) throws IOException;

  /** Makes creations, renames and deletions in the directory durable. */
  void forceDirectory(Path directory) throws IOException;
}

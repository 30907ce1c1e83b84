package io.synod.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Passes everything on to another disk, but puts something before every file; whoever extends it
 * overrides what else it changes.
 */
public abstract class ForwardingDisk implements Disk {
  private final Disk disk;

  /** Of that disk. */
  protected ForwardingDisk(Disk disk) {
    this.disk = disk;
  }

  /** What stands for a file that was opened. */
  protected abstract DiskFile wrap(Path path, DiskFile file) throws IOException;

  @Override
  public DiskFile read(Path path) throws IOException {
    return wrap(path, disk.read(path));
  }

  @Override
  public DiskFile update(Path path) throws IOException {
    return wrap(path, disk.update(path));
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    return wrap(path, disk.create(path));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    disk.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    disk.forceDirectory(directory);
  }
}

package io.synod.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/** The real disk with every opened file wrapped. */
abstract class WrappedDisk implements Disk {
  private final Disk real = new RealDisk();

  /** Puts something between the store and this file. */
  abstract DiskFile wrap(Path path, DiskFile file) throws IOException;

  /** Files that lose nothing when only the process dies, and quickly so. */
  static Disk withoutForces() {
    return new WrappedDisk() {
      @Override
      DiskFile wrap(Path path, DiskFile file) {
        return new WrappedFile(file) {
          @Override
          public void force(boolean metadata) {}
        };
      }

      @Override
      public void forceDirectory(Path directory) {}
    };
  }

  @Override
  public DiskFile read(Path path) throws IOException {
    return wrap(path, real.read(path));
  }

  @Override
  public DiskFile update(Path path) throws IOException {
    return wrap(path, real.update(path));
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    return wrap(path, real.create(path));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    real.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    real.forceDirectory(directory);
  }
}

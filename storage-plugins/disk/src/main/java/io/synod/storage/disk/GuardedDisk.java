package io.synod.storage.disk;

import io.synod.storage.file.Disk;
import io.synod.storage.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Begins no change after a deadline, even in the midst of a step that took too long. */
record GuardedDisk(Disk disk, Deadline deadline) implements Disk {
  private record GuardedFile(DiskFile file, Deadline deadline) implements DiskFile {
    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      deadline.check();
      file.write(from, at);
    }

    @Override
    public void read(ByteBuffer into, long at) throws IOException {
      file.read(into, at);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void truncate(long length) throws IOException {
      deadline.check();
      file.truncate(length);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      file.force(metadata);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public DiskFile read(Path path) throws IOException {
    return disk.read(path);
  }

  @Override
  public DiskFile update(Path path) throws IOException {
    return new GuardedFile(disk.update(path), deadline);
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    deadline.check();
    return new GuardedFile(disk.create(path), deadline);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    deadline.check();
    disk.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    deadline.check();
    disk.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    disk.forceDirectory(directory);
  }
}

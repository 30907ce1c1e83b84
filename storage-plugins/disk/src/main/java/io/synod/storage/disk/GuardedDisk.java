package io.synod.storage.disk;

import io.synod.storage.file.Disk;
import io.synod.storage.file.DiskFile;
import io.synod.storage.file.ForwardingDisk;
import io.synod.storage.file.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Begins no change after a deadline, even in the midst of a step that took too long. */
final class GuardedDisk extends ForwardingDisk {
  private final Deadline deadline;

  GuardedDisk(Disk disk, Deadline deadline) {
    super(disk);
    this.deadline = deadline;
  }

  @Override
  protected DiskFile wrap(Path path, DiskFile file) {
    return new ForwardingFile(file) {
      @Override
      public void write(ByteBuffer from, long at) throws IOException {
        deadline.check();
        super.write(from, at);
      }

      @Override
      public void truncate(long length) throws IOException {
        deadline.check();
        super.truncate(length);
      }
    };
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    deadline.check();
    return super.create(path);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    deadline.check();
    super.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    deadline.check();
    super.delete(path);
  }
}

package io.synod.storage.disk;

import io.synod.storage.file.DiskFile;
import io.synod.storage.file.ForwardingDisk;
import io.synod.storage.file.ForwardingFile;
import io.synod.storage.file.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The real disk, until it is told to fill up, to fail, to be read-only or to hang. */
final class FaultyDisk extends ForwardingDisk {
  private volatile String failure = "";
  private volatile boolean forcesOnly;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final AtomicInteger forces = new AtomicInteger();

  FaultyDisk() {
    super(new RealDisk());
  }

  /** From now on changes fail with these words; what is in the midst of a write, half done. */
  void fail(String words) {
    forcesOnly = false;
    failure = words;
  }

  /** From now on forces fail. */
  void failForces() {
    forcesOnly = true;
    failure = "Input/output error";
  }

  void heal() {
    failure = "";
  }

  /** Forces wait at this gate. */
  void hang(CountDownLatch until) {
    gate = until;
  }

  /** Forces of files and directories so far. */
  int forces() {
    return forces.get();
  }

  private void change(boolean force) throws IOException {
    if (force) {
      forces.incrementAndGet();
    }
    if (!failure.isEmpty() && (force || !forcesOnly)) {
      throw new IOException(failure);
    }
  }

  @Override
  protected DiskFile wrap(Path path, DiskFile file) {
    return new ForwardingFile(file) {
      @Override
      public void write(ByteBuffer from, long at) throws IOException {
        if (!failure.isEmpty()) {
          super.write(from.slice(from.position(), from.remaining() / 2), at);
        }
        change(false);
        super.write(from, at);
      }

      @Override
      public void force(boolean metadata) throws IOException {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        change(true);
        super.force(metadata);
      }
    };
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    change(false);
    return super.create(path);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    change(false);
    super.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    change(false);
    super.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change(true);
    super.forceDirectory(directory);
  }
}

package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A disk whose operations can be counted, held up and made to fail. As after a full disk or a
 * failed force, reading goes on.
 */
final class FaultyDisk extends ForwardingDisk {
  private long changes;
  private long failAt = Long.MAX_VALUE;
  private boolean failForces;
  private int forcesAfterFailure;
  private int journalForces;
  private boolean failed;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FaultyDisk() {
    super(new RealDisk());
  }

  /** The n-th change from now on and all later ones fail. */
  synchronized void failAt(long n) {
    failAt = changes + n;
  }

  /** The next force fails; later ones seem to succeed. */
  synchronized void failNextForce() {
    failForces = true;
  }

  /** Forces of segments that are in use: only those leave out the metadata. */
  synchronized int journalForces() {
    return journalForces;
  }

  /** Forces of any file that were tried after one failed. */
  synchronized int forcesAfterFailure() {
    return forcesAfterFailure;
  }

  /** Forces wait at this gate. */
  void holdForces(CountDownLatch until) {
    gate = until;
  }

  private synchronized void change(String what) throws IOException {
    if (++changes >= failAt) {
      failed = true;
      throw new IOException("No space left on device (" + what + ")");
    }
  }

  private void forcing(Path path, boolean records) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    synchronized (this) {
      journalForces += records ? 1 : 0;
      if (failed && records) {
        forcesAfterFailure++;
      }
      if (failForces && records) {
        failForces = false;
        failed = true;
        throw new IOException("Input/output error");
      }
    }
    change("force " + path);
  }

  @Override
  protected DiskFile wrap(Path path, DiskFile file) {
    return new ForwardingFile(file) {
      @Override
      public void write(ByteBuffer from, long at) throws IOException {
        try {
          change("write " + path);
        } catch (IOException e) {
          // As a full disk does: a part gets through.
          super.write(from.slice(from.position(), from.remaining() / 2), at);
          throw e;
        }
        super.write(from, at);
      }

      @Override
      public void truncate(long length) throws IOException {
        change("truncate " + path);
        super.truncate(length);
      }

      @Override
      public void force(boolean metadata) throws IOException {
        forcing(path, !metadata && !path.endsWith("durable-end"));
        super.force(metadata);
      }
    };
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    change("create " + path);
    return super.create(path);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    change("move " + from);
    super.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete " + path);
    super.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change("force directory");
    super.forceDirectory(directory);
  }
}

package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A disk whose operations can be counted, held up and made to fail. As after a full disk or a
 * failed force, reading goes on.
 */
class FaultyDisk implements Disk {
  private final Disk real = new RealDisk();
  private long changes;
  private long failAt = Long.MAX_VALUE;
  private boolean failForces;
  private int forcesAfterFailure;
  private boolean failed;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** The n-th change from now on and all later ones fail. */
  synchronized void failAt(long n) {
    failAt = changes + n;
  }

  /** The next force fails; later ones seem to succeed. */
  synchronized void failNextForce() {
    failForces = true;
  }

  synchronized boolean failed() {
    return failed;
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

  private void forcing(Path path) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    boolean journal = path.toString().endsWith(".seg") || path.toString().endsWith(".tmp");
    synchronized (this) {
      if (failed && journal) {
        forcesAfterFailure++;
      }
      if (failForces && journal) {
        failForces = false;
        failed = true;
        throw new IOException("Input/output error");
      }
    }
    change("force " + path);
  }

  @Override
  public DiskFile read(Path path) throws IOException {
    return new Wrapped(path, real.read(path));
  }

  @Override
  public DiskFile update(Path path) throws IOException {
    return new Wrapped(path, real.update(path));
  }

  @Override
  public DiskFile create(Path path) throws IOException {
    change("create " + path);
    return new Wrapped(path, real.create(path));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    change("move " + from);
    real.move(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    change("delete " + path);
    real.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    change("force directory");
    real.forceDirectory(directory);
  }

  private final class Wrapped implements DiskFile {
    private final Path path;
    private final DiskFile file;

    Wrapped(Path path, DiskFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      try {
        change("write " + path);
      } catch (IOException e) {
        // As a full disk does: a part gets through.
        file.write(from.slice(from.position(), from.remaining() / 2), at);
        throw e;
      }
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
      change("truncate " + path);
      file.truncate(length);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      forcing(path);
      file.force(metadata);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the zeros of the next segment ahead of need, and deletes dropped segments, on a thread
 * of its own: forcing a file whose blocks are allocated and written needs no change of metadata,
 * which costs about half of what forcing a growing file does. Zeros are written because Java has
 * no portable way to reserve blocks.
 */
final class SegmentAllocator implements AutoCloseable {
  private static final int SLICE = 1 << 20;
  /** So that the dirty zeros never hold up the journal's own forces for long. */
  private static final int FORCED_TOGETHER = 4 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(SegmentAllocator.class);

  private final Disk disk;
  private final StoreFiles files;
  private final long bytes;
  private final ExecutorService executor;
  private volatile boolean closing;
  private Future<DiskFile> next;

  SegmentAllocator(Disk disk, StoreFiles files, long bytes, String node) {
    this.disk = disk;
    this.files = files;
    this.bytes = bytes;
    this.executor = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, "synod-segments-" + node);
      thread.setDaemon(true);
      return thread;
    });
  }

  /** Starts to make the next segment. */
  void prepare() {
    next = executor.submit(this::allocate);
  }

  /**
   * The prepared file, of at least that many bytes, all zero and forced; waits for it. When the
   * preparation failed it is tried anew, since space may have been freed.
   */
  DiskFile take(long least) throws IOException {
    DiskFile file = prepared();
    if (file == null) {
      file = allocate();
    }
    if (file.size() < least) {
      fill(file, file.size(), least);
    }
    return file;
  }

  private DiskFile prepared() throws IOException {
    try {
      return next.get();
    } catch (ExecutionException | CancellationException e) {
      LOG.warn("preparing {} failed: {}", files.prepared(), e.getMessage());
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + files.prepared(), e);
    }
  }

  private DiskFile allocate() throws IOException {
    DiskFile file = disk.create(files.prepared());
    try {
      fill(file, 0, bytes);
      return file;
    } catch (IOException e) {
      file.close();
      disk.delete(files.prepared());
      throw e;
    }
  }

  private void fill(DiskFile file, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(SLICE, to - from));
    for (long at = from; at < to; at += SLICE) {
      if (closing) {
        throw new IOException("the journal is being closed");
      }
      zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
      file.write(zeros, at);
      if ((at - from + SLICE) % FORCED_TOGETHER == 0) {
        file.force(true);
      }
    }
    file.force(true);
  }

  /** Deletes files in this order, later; what cannot be deleted is met again at the next start. */
  void delete(List<Path> paths) {
    executor.execute(() -> paths.forEach(this::delete));
  }

  private void delete(Path path) {
    try {
      disk.delete(path);
    } catch (IOException e) {
      LOG.warn("{} is no longer needed but cannot be deleted: {}", path, e.getMessage());
    }
  }

  /** Waits for what is being done; a prepared file is removed. */
  @Override
  public void close() {
    closing = true;
    executor.shutdown();
    try {
      while (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("still waiting for the disk to delete segments in {}", files.directory());
      }
      if (next != null) {
        next.get().close();
        disk.delete(files.prepared());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | IOException e) {
      LOG.debug("{} is left over, the next start removes it", files.prepared(), e);
    }
  }
}

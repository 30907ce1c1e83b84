package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Loses power: of each file's sectors written since its last force, any subset is lost, and of
 * the creations, renames and deletions since the last force of the directory, any of the latest.
 */
final class LossyDisk extends ForwardingDisk {
  private static final int SECTOR = 512;

  private final Random random;
  private final Path trash;
  private final Map<Path, Shadow> shadows = new TreeMap<>();
  private final Deque<Undo> undos = new ArrayDeque<>();
  private long changesLeft;
  private int trashed;
  private boolean failForce;

  private interface Undo {
    void run() throws IOException;
  }

  /** What a file would be without what was not forced; follows renames. */
  private static final class Shadow {
    final Map<Long, byte[]> unforced = new TreeMap<>();
    /** After a failed force: in memory only, yet no later force writes them. */
    final Map<Long, byte[]> forgotten = new TreeMap<>();
    Path path;
    long forcedSize;
  }

  LossyDisk(Random random, Path trash, long changes) {
    super(new RealDisk());
    this.random = random;
    this.trash = trash;
    this.changesLeft = changes;
  }

  /** The next force of records fails; the system takes them for written all the same. */
  synchronized void failNextForce() {
    failForce = true;
  }

  private void change() throws IOException {
    if (--changesLeft < 0) {
      throw new IOException("the power is gone");
    }
  }

  /** Leaves on the real disk what a loss of power would. */
  synchronized void losePower() throws IOException {
    changesLeft = 0;
    for (Shadow shadow : shadows.values()) {
      loseSectors(shadow);
    }
    for (int lost = random.nextInt(undos.size() + 1); lost > 0; lost--) {
      undos.pop().run();
    }
  }

  private void loseSectors(Shadow shadow) throws IOException {
    if (!Files.exists(shadow.path)) {
      return;
    }
    try (DiskFile file = new RealDisk().update(shadow.path)) {
      for (Map.Entry<Long, byte[]> sector : shadow.forgotten.entrySet()) {
        file.write(ByteBuffer.wrap(sector.getValue()), sector.getKey() * SECTOR);
      }
      boolean allOrNothing = random.nextInt(3) == 0;
      boolean all = random.nextBoolean();
      for (Map.Entry<Long, byte[]> sector : shadow.unforced.entrySet()) {
        if (allOrNothing ? all : random.nextBoolean()) {
          file.write(ByteBuffer.wrap(sector.getValue()), sector.getKey() * SECTOR);
        }
      }
      if (file.size() > shadow.forcedSize && random.nextBoolean()) {
        file.truncate(shadow.forcedSize);
      }
    }
  }

  private Path aside(Path path) throws IOException {
    Path to = trash.resolve("t" + trashed++);
    super.move(path, to);
    return to;
  }

  @Override
  protected synchronized DiskFile wrap(Path path, DiskFile file) throws IOException {
    Shadow shadow = shadows.get(path);
    if (shadow == null) {
      shadow = new Shadow();
      shadow.path = path;
      shadow.forcedSize = file.size();
      shadows.put(path, shadow);
    }
    return new LossyFile(file, shadow);
  }

  @Override
  public synchronized DiskFile create(Path path) throws IOException {
    change();
    shadows.remove(path);
    if (!Files.exists(path)) {
      undos.push(() -> Files.deleteIfExists(path));
    }
    return super.create(path);
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    change();
    Path replaced = Files.exists(to) ? aside(to) : null;
    super.move(from, to);
    Shadow shadow = shadows.remove(from);
    if (shadow != null) {
      shadow.path = to;
      shadows.put(to, shadow);
    }
    undos.push(() -> {
      super.move(to, from);
      if (replaced != null) {
        super.move(replaced, to);
      }
    });
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    change();
    if (Files.exists(path)) {
      Path kept = aside(path);
      shadows.remove(path);
      undos.push(() -> super.move(kept, path));
    }
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    change();
    undos.clear();
  }

  private final class LossyFile extends ForwardingFile {
    private final Shadow shadow;

    LossyFile(DiskFile file, Shadow shadow) {
      super(file);
      this.shadow = shadow;
    }

    @Override
    public void write(ByteBuffer from, long at) throws IOException {
      synchronized (LossyDisk.this) {
        change();
        long end = at + from.remaining();
        for (long sector = at / SECTOR; sector * SECTOR < end; sector++) {
          byte[] forgotten = shadow.forgotten.remove(sector);
          if (forgotten != null) {
            shadow.unforced.put(sector, forgotten);
          } else if (!shadow.unforced.containsKey(sector)) {
            ByteBuffer old = ByteBuffer.allocate(SECTOR);
            read(old, sector * SECTOR);
            shadow.unforced.put(sector, old.array());
          }
        }
        super.write(from, at);
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      synchronized (LossyDisk.this) {
        change();
        shadow.unforced.keySet().removeIf(sector -> sector * SECTOR >= length);
        shadow.forcedSize = Math.min(shadow.forcedSize, length);
        super.truncate(length);
      }
    }

    @Override
    public void force(boolean metadata) throws IOException {
      synchronized (LossyDisk.this) {
        change();
        if (failForce && !metadata) {
          failForce = false;
          shadow.forgotten.putAll(shadow.unforced);
          shadow.unforced.clear();
          throw new IOException("Input/output error");
        }
        shadow.unforced.clear();
        shadow.forcedSize = metadata ? size() : shadow.forcedSize;
      }
    }
  }
}

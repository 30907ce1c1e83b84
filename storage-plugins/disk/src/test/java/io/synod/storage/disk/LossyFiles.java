package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that loses power: of what was written and not forced, any sector may be as it
 * was before, and a log that was begun and not forced may be gone.
 */
final class LossyFiles {
  static final Incarnation INCARNATION = new Incarnation(77);
  private static final int SECTOR = 512;

  private final Random random;
  private final Map<String, Content> files = new TreeMap<>();
  private final Map<String, NodeId> headers = new TreeMap<>();
  private int changesLeft = Integer.MAX_VALUE;

  private static final class Content {
    byte[] bytes = new byte[0];
    int forcedSize;
    boolean listed;
    final Map<Integer, byte[]> before = new TreeMap<>();

    void write(int at, ByteBuffer from) {
      ByteBuffer source = from.duplicate();
      int end = at + source.remaining();
      bytes = end > bytes.length ? Arrays.copyOf(bytes, end) : bytes;
      for (int sector = at / SECTOR; sector * SECTOR < end; sector++) {
        before.putIfAbsent(sector, Arrays.copyOfRange(
            bytes, sector * SECTOR, Math.min(bytes.length, (sector + 1) * SECTOR)));
      }
      source.get(bytes, at, source.remaining());
    }

    void force() {
      before.clear();
      forcedSize = bytes.length;
      listed = true;
    }

    void lose(Random random) {
      before.forEach((sector, old) -> {
        if (random.nextBoolean()) {
          System.arraycopy(old, 0, bytes, sector * SECTOR, old.length);
        }
      });
      if (bytes.length > forcedSize && random.nextBoolean()) {
        bytes = Arrays.copyOf(bytes, forcedSize);
      }
      force();
    }
  }

  LossyFiles(Random random) {
    this.random = random;
  }

  /** The power goes in the midst of the n-th change from now on. */
  void dieAt(int change) {
    changesLeft = change;
  }

  /** It is back, with what is left. */
  void losePower() {
    changesLeft = Integer.MAX_VALUE;
    files.values().removeIf(content -> !content.listed && random.nextBoolean());
    files.values().forEach(content -> content.lose(random));
  }

  private boolean alive() {
    return --changesLeft > 0;
  }

  private static StorageException dead() {
    return new StorageException("the power is gone");
  }

  /** As that process reaches it. */
  Blocks of(NodeId self) {
    return new LossyBlocks(self);
  }

  private final class LossyBlocks implements Blocks {
    private final NodeId self;

    LossyBlocks(NodeId self) {
      this.self = self;
    }

    @Override
    public String place() {
      return "memory";
    }

    @Override
    public Incarnation incarnation() {
      return INCARNATION;
    }

    @Override
    public Map<NodeId, ByteBuffer> exchange(List<Block> blocks) throws StorageException {
      for (Block block : blocks) {
        write(block);
      }
      Map<NodeId, ByteBuffer> heads = new TreeMap<>();
      headers.forEach((file, area) -> heads.put(area, head(files.get(file))));
      return heads;
    }

    private void write(Block block) throws StorageException {
      String file = Blocks.file(self, block.generation());
      boolean made = block.generation() == HEADER && !files.containsKey(file);
      boolean alive = alive();
      if (made && !alive) {
        throw dead();
      }
      if (block.at() == 0 && block.generation() != HEADER) {
        Content anew = new Content();
        Content old = files.put(file, anew);
        anew.listed = old != null && old.listed;
      }
      Content content = files.computeIfAbsent(file, name -> new Content());
      ByteBuffer bytes = block.bytes().duplicate();
      if (!alive) {
        bytes.limit(bytes.position() + random.nextInt(bytes.remaining() + 1));
      }
      content.write((int) block.at(), bytes);
      if (!alive) {
        throw dead();
      }
      if (block.force()) {
        content.force();
      }
      if (made) {
        headers.put(file, self);
      }
    }

    private ByteBuffer head(Content header) {
      ByteBuffer head = ByteBuffer.allocate(3 * PART_BYTES);
      for (int part = 0; part < 3; part++) {
        head.put(header.bytes, part * PART_DISTANCE, PART_BYTES);
      }
      return head.flip();
    }

    @Override
    public Optional<ByteBuffer> log(NodeId area, long generation, long from) {
      Content log = files.get(Blocks.file(area, generation));
      return log == null ? Optional.empty() : Optional.of(
          ByteBuffer.wrap(log.bytes, (int) from, log.bytes.length - (int) from));
    }

    @Override
    public void keepOnly(long generation) throws StorageException {
      if (!alive()) {
        throw dead();
      }
      String kept = Blocks.file(self, generation);
      String log = Blocks.file(self, 1).substring(0, Blocks.file(self, 1).indexOf("log-"));
      files.keySet().removeIf(
          file -> file.startsWith(log + "log-") && !file.equals(kept));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}

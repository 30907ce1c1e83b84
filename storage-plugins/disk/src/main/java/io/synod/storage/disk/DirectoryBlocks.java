package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.StorageException;
import io.synod.storage.file.DirectoryLock;
import io.synod.storage.file.Disk;
import io.synod.storage.file.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In a directory. Files of others are opened for each reading: that is when a network file system
 * asks the server whether its copy is stale.
 */
final class DirectoryBlocks implements Blocks {
  private static final String AREA = "area-";

  private final Disk disk;
  private final Path root;
  private final Path area;
  private final NodeId self;
  private final Incarnation incarnation;
  private final Lock lock;
  private DiskFile header;
  private DiskFile log;
  private long logGeneration = HEADER;
  /** Whether the log was begun and not forced since. */
  private boolean logIsNew;

  /** What keeps others out of the area. */
  private interface Lock {
    void release();
  }

  private DirectoryBlocks(
      Disk disk, Path area, NodeId self, Incarnation incarnation, Lock lock) {
    this.disk = disk;
    this.root = area.getParent();
    this.area = area;
    this.self = self;
    this.incarnation = incarnation;
    this.lock = lock;
  }

  /**
   * Opens it, making an empty one ready. The directory itself is not made: where a file system is
   * not mounted, nothing must look like an empty disk.
   */
  static DirectoryBlocks open(Disk disk, Path directory, PassiveUse use)
      throws StorageException {
    Path root = real(directory);
    Incarnation incarnation = SharedIdentity.of(SharedIdentity.DISK, disk, root, use).incarnation();
    Path area = root.resolve(AREA + use.process());
    try {
      Files.createDirectories(area);
      disk.forceDirectory(root); // the identity's name, too, whoever made it
    } catch (IOException e) {
      throw Damage.unwritable(area, e);
    }
    return new DirectoryBlocks(
        disk, area, use.process(), incarnation, DirectoryLock.take(area)::close);
  }

  /**
   * An area that nobody has to itself, and so no lock keeps others out of: who writes sees to that
   * by other means.
   */
  static DirectoryBlocks everybodys(
      Disk disk, Path root, NodeId owner, Incarnation incarnation) throws StorageException {
    Path area = root.resolve(AREA + owner);
    try {
      Files.createDirectories(area);
    } catch (IOException e) {
      throw Damage.unwritable(area, e);
    }
    return new DirectoryBlocks(disk, area, owner, incarnation, () -> {});
  }

  /** The directory itself, which must be there. */
  static Path real(Path directory) throws StorageException {
    if (!Files.isDirectory(directory)) {
      throw new StorageException("disk directory " + directory + " is missing: make it, or mount"
          + " the file system that it is on");
    }
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw Damage.unreadable(directory, e);
    }
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public Map<NodeId, ByteBuffer> exchange(List<Block> blocks) throws StorageException {
    for (Block block : blocks) {
      Path path = path(self, block.generation());
      try {
        write(block, path);
      } catch (IOException e) {
        throw Damage.unwritable(path, e);
      }
    }
    return heads();
  }

  private void write(Block block, Path path) throws IOException {
    if (block.generation() == HEADER) {
      if (header == null && !openHeader(block, path)) {
        return;
      }
      put(header, block, false);
    } else {
      openLog(block.generation(), block.at() == 0, path);
      put(log, block, logIsNew);
      if (logIsNew && block.force()) {
        disk.forceDirectory(area);
        logIsNew = false;
      }
    }
  }

  private static void put(DiskFile file, Block block, boolean metadata) throws IOException {
    file.write(block.bytes().duplicate(), block.at());
    if (block.force()) {
      file.force(metadata);
    }
  }

  /** False if this block has made the header. */
  private boolean openHeader(Block first, Path path) throws IOException {
    boolean found = Files.exists(path);
    if (!found) {
      Path made = area.resolve("header.new");
      try (DiskFile file = disk.create(made)) {
        file.write(first.bytes().duplicate(), first.at());
        file.force(true);
      }
      disk.move(made, path);
      disk.forceDirectory(area);
    }
    header = disk.update(path);
    return found;
  }

  private void openLog(long generation, boolean anew, Path path) throws IOException {
    if (anew || logGeneration != generation) {
      close(log);
      log = null;
      logGeneration = HEADER;
      log = anew ? disk.create(path) : disk.update(path);
      logIsNew = anew;
      logGeneration = generation;
    }
  }

  private Map<NodeId, ByteBuffer> heads() throws StorageException {
    Map<NodeId, ByteBuffer> heads = new TreeMap<>();
    for (Path directory : list(root, AREA + "*")) {
      Optional<NodeId> process = process(directory);
      if (process.isPresent()) {
        head(process.get(), directory).ifPresent(head -> heads.put(process.get(), head));
      }
    }
    return heads;
  }

  /** Empty if the directory cannot be an area, such as a copy that somebody made. */
  private static Optional<NodeId> process(Path directory) {
    try {
      return Optional.of(
          NodeId.of(directory.getFileName().toString().substring(AREA.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Empty if the area is only being made. */
  private Optional<ByteBuffer> head(NodeId process, Path directory) throws StorageException {
    Path path = path(process, HEADER);
    try (DiskFile file = disk.read(path)) {
      ByteBuffer all = ByteBuffer.allocate(2 * PART_DISTANCE + PART_BYTES);
      file.read(all, 0);
      ByteBuffer head = ByteBuffer.allocate(3 * PART_BYTES);
      for (int part = 0; part < 3; part++) {
        head.put(all.slice(part * PART_DISTANCE, PART_BYTES));
      }
      return Optional.of(head.flip());
    } catch (NoSuchFileException e) {
      if (!list(directory, "log-*").isEmpty() && !Files.exists(path)) {
        throw Damage.at(path.toString(), 0, "it is missing though there are records");
      }
      return Optional.empty();
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  @Override
  public Optional<ByteBuffer> log(NodeId process, long generation, long from)
      throws StorageException {
    Path path = path(process, generation);
    try (DiskFile file = disk.read(path)) {
      long left = Math.max(0, file.size() - from);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(CHUNK, left));
      file.read(bytes, from);
      return Optional.of(bytes.flip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
  }

  @Override
  public void keepOnly(long generation) throws StorageException {
    Path kept = path(self, generation);
    for (Path path : list(area, "log-*")) {
      if (!path.equals(kept)) {
        try {
          disk.delete(path);
        } catch (IOException e) {
          throw Damage.unwritable(path, e);
        }
      }
    }
  }

  private Path path(NodeId process, long generation) {
    return root.resolve(Blocks.file(process, generation));
  }

  private static List<Path> list(Path directory, String glob) throws StorageException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      stream.forEach(paths::add);
      return paths;
    } catch (DirectoryIteratorException e) {
      throw Damage.unreadable(directory, e.getCause());
    } catch (IOException e) {
      throw Damage.unreadable(directory, e);
    }
  }

  @Override
  public void close() {
    close(header);
    close(log);
    header = null;
    log = null;
    logGeneration = HEADER;
    lock.release();
  }

  private static void close(DiskFile file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // What has to be durable was forced.
      return;
    }
  }
}

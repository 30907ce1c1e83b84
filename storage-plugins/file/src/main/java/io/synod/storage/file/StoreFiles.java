package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a store's files. */
record StoreFiles(Path directory) {
  private static final Pattern SEGMENT = Pattern.compile("journal-([0-9a-f]{16})\\.seg");
  private static final Pattern SNAPSHOT = Pattern.compile("snapshot-([0-9a-f]{16})\\.snap");
  private static final Pattern LEFTOVER = Pattern.compile("(snapshot|journal)-.*\\.tmp");

  Path identity() {
    return directory.resolve("identity");
  }

  Path newIdentity() {
    return directory.resolve("identity.tmp");
  }

  Path lock() {
    return directory.resolve("lock");
  }

  Path durableEnd() {
    return directory.resolve("durable-end");
  }

  Path prepared() {
    return directory.resolve("journal-prepared.tmp");
  }

  Path segment(long first) {
    return directory.resolve(String.format("journal-%016x.seg", first));
  }

  Path snapshot(long last) {
    return directory.resolve(String.format("snapshot-%016x.snap", last));
  }

  Path newSnapshot(long last) {
    return directory.resolve(String.format("snapshot-%016x.tmp", last));
  }

  /** Segments by their first positions. */
  TreeMap<Long, Path> segments() throws StorageException {
    return numbered(SEGMENT);
  }

  /** Snapshots by their last instances. */
  TreeMap<Long, Path> snapshots() throws StorageException {
    return numbered(SNAPSHOT);
  }

  /** Whether nothing is in it but what an interrupted creation leaves. */
  boolean unused() throws StorageException {
    List<Path> own = List.of(lock(), newIdentity(), durableEnd());
    return own.containsAll(list());
  }

  /** Removes what was being written when the last process died. */
  void deleteLeftovers(Disk disk) throws StorageException {
    for (Path path : list()) {
      if (LEFTOVER.matcher(path.getFileName().toString()).matches()) {
        try {
          disk.delete(path);
        } catch (IOException e) {
          throw Damage.unwritable(path, e);
        }
      }
    }
  }

  private TreeMap<Long, Path> numbered(Pattern pattern) throws StorageException {
    TreeMap<Long, Path> found = new TreeMap<>();
    for (Path path : list()) {
      Matcher matcher = pattern.matcher(path.getFileName().toString());
      if (matcher.matches()) {
        found.put(Long.parseUnsignedLong(matcher.group(1), 16), path);
      }
    }
    return found;
  }

  private List<Path> list() throws StorageException {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(paths::add);
    } catch (IOException e) {
      throw Damage.unreadable(directory, e);
    } catch (DirectoryIteratorException e) {
      throw Damage.unreadable(directory, e.getCause());
    }
    return paths;
  }
}

package com.example.synod;

import io.synod.api.model.InstanceId;
import io.synod.api.storage.SnapshotInfo;
import io.synod.api.storage.SnapshotStore;
import io.synod.api.storage.StorageException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files {@code snapshot-<last instance>}. One for production would have checksums in them. */
final class PlainSnapshots implements SnapshotStore {
  private static final String PREFIX = "snapshot-";

  private final Path directory;

  PlainSnapshots(Path directory) {
    this.directory = directory;
  }

  private TreeMap<Long, Path> all() throws StorageException {
    try {
      return PlainFiles.numbered(directory, PREFIX);
    } catch (IOException e) {
      throw failed(directory, e);
    }
  }

  private static StorageException failed(Path path, IOException e) {
    return new StorageException(path + " cannot be used: " + e, e);
  }

  @Override
  public Optional<SnapshotInfo> newest() throws StorageException {
    Map.Entry<Long, Path> newest = all().lastEntry();
    if (newest == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SnapshotInfo(
          InstanceId.of(newest.getKey()), Files.size(newest.getValue())));
    } catch (IOException e) {
      throw failed(newest.getValue(), e);
    }
  }

  @Override
  public Sink create(InstanceId last) throws StorageException {
    Path aside = directory.resolve("unfinished-" + PREFIX + last.number());
    try {
      return new PlainSink(last, aside, new FileOutputStream(aside.toFile()));
    } catch (IOException e) {
      throw failed(aside, e);
    }
  }

  @Override
  public InputStream openNewest() throws StorageException {
    Map.Entry<Long, Path> newest = all().lastEntry();
    if (newest == null) {
      throw new StorageException("there is no snapshot in " + directory);
    }
    try {
      return Files.newInputStream(newest.getValue());
    } catch (IOException e) {
      throw failed(newest.getValue(), e);
    }
  }

  @Override
  public int read(InstanceId last, long offset, ByteBuffer into) throws StorageException {
    Path path = all().get(last.number());
    if (path == null) {
      return -1;
    }
    try (FileChannel channel = FileChannel.open(path)) {
      int total = 0;
      int count = channel.read(into, offset);
      while (count > 0) {
        total += count;
        count = into.hasRemaining() ? channel.read(into, offset + total) : 0;
      }
      return total;
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  @Override
  public void deleteOlderThan(InstanceId last) throws StorageException {
    TreeMap<Long, Path> all = all();
    all.pollLastEntry();
    for (Path path : all.headMap(last.number()).values()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw failed(path, e);
      }
    }
  }

  @Override
  public void close() {}

  private final class PlainSink implements Sink {
    private final InstanceId last;
    private final Path aside;
    private final FileOutputStream out;
    private boolean done;

    PlainSink(InstanceId last, Path aside, FileOutputStream out) {
      this.last = last;
      this.aside = aside;
      this.out = out;
    }

    @Override
    public OutputStream stream() {
      return out;
    }

    @Override
    public SnapshotInfo commit() throws StorageException {
      done = true;
      try (out) {
        out.getChannel().force(true);
        PlainFiles.publish(aside, directory.resolve(PREFIX + last.number()));
        return new SnapshotInfo(last, out.getChannel().size());
      } catch (IOException e) {
        throw failed(aside, e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
        if (!done) {
          Files.deleteIfExists(aside);
        }
      } catch (IOException e) {
        // The next snapshot of that instance replaces it.
        done = true;
      }
    }
  }
}

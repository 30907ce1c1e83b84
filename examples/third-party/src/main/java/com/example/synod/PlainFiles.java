package com.example.synod;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;

/** What is done with files more than once. */
final class PlainFiles {
  private PlainFiles() {}

  static void writeForced(Path path, List<String> lines) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
  }

  /** Gives a file its name so that it is there, whole, after a loss of power. */
  static void publish(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(to.getParent());
  }

  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The files {@code <prefix><number>} by their numbers. */
  static TreeMap<Long, Path> numbered(Path directory, String prefix) throws IOException {
    TreeMap<Long, Path> found = new TreeMap<>();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.matches(prefix + "[0-9]{1,18}")) {
          found.put(Long.parseLong(name.substring(prefix.length())), file);
        }
      }
    }
    return found;
  }
}

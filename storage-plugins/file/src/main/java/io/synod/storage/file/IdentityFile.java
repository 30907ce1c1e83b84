package io.synod.storage.file;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Whose store a directory is, in five lines of text: format, cluster (base64, it may hold any
 * character), node, incarnation, checksum of the lines before.
 */
public final class IdentityFile {
  private static final String FORMAT = "synod-store ";
  private static final String VERSION = "1";
  private static final int LINES = 5;

  private IdentityFile() {}

  static void write(Disk disk, StoreFiles files, StoreIdentity identity) throws IOException {
    try (DiskFile file = disk.create(files.newIdentity())) {
      file.write(ByteBuffer.wrap(bytes(FORMAT, identity)), 0);
      file.force(true);
    }
    disk.move(files.newIdentity(), files.identity());
    disk.forceDirectory(files.directory());
  }

  /** What the file holds, {@code format} being the first word of it and a space. */
  public static byte[] bytes(String format, StoreIdentity identity) {
    String cluster = Base64.getEncoder()
        .encodeToString(identity.cluster().getBytes(StandardCharsets.UTF_8));
    String body = format + VERSION + "\ncluster " + cluster + "\nnode " + identity.node()
        + "\nincarnation " + identity.incarnation() + "\n";
    return (body + "crc32c " + checksum(body) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static StoreIdentity read(Path path) throws StorageException {
    return read(FORMAT, path);
  }

  /** Reads and checks it; refuses damage and other versions, naming the file. May block. */
  public static StoreIdentity read(String format, Path path) throws StorageException {
    String text;
    try {
      text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    if (text.startsWith("synod-") && !text.startsWith(format)) {
      throw new StorageException(path + " says '" + text.lines().findFirst().orElse("")
          + "', not '" + format + VERSION + "': this directory is in use for something else");
    }
    refuseUnknownVersion(format, path, text);
    List<String> lines = text.lines().toList();
    int body = text.indexOf("crc32c ");
    if (lines.size() != LINES || body < 0 || !text.endsWith("\n")
        || !lines.get(LINES - 1).equals("crc32c " + checksum(text.substring(0, body)))) {
      throw Damage.at(path, 0, "its checksum is wrong");
    }
    return new StoreIdentity(
        new String(Base64.getDecoder().decode(field(lines.get(1))), StandardCharsets.UTF_8),
        NodeId.of(field(lines.get(2))),
        new Incarnation(Long.parseUnsignedLong(field(lines.get(3)), 16)));
  }

  private static void refuseUnknownVersion(String format, Path path, String text)
      throws StorageException {
    String first = text.lines().findFirst().orElse("");
    String version = first.startsWith(format) ? first.substring(format.length()) : "";
    if (!version.equals(VERSION) && version.matches("[0-9]{1,9}")) {
      throw new StorageException(path + " has format version " + version
          + ", but this release reads version " + VERSION + ": run the release that wrote it");
    }
  }

  private static String field(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  private static String checksum(String body) {
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }
}

package io.synod.storage.file;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Slot;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Whose store a directory is, in five lines of text: format with the kind of the journal, cluster
 * (base64, it may hold any character), node, incarnation, checksum of the lines before.
 */
final class IdentityFile {
  /** A store of kind {@code file} does not name it: it was the only one once. */
  private static final Pattern FORMAT =
      Pattern.compile("synod-store(?:-([a-z0-9-]+))? ([0-9]{1,9})");
  private static final String VERSION = "1";
  private static final int LINES = 5;

  private IdentityFile() {}

  static void write(Disk disk, StoreFiles files, StoreIdentity identity, String kind)
      throws IOException {
    String cluster = Base64.getEncoder()
        .encodeToString(identity.cluster().getBytes(StandardCharsets.UTF_8));
    String format = "synod-store" + (kind.equals(FileStorage.KIND) ? "" : "-" + kind);
    String body = format + " " + VERSION + "\ncluster " + cluster + "\nnode " + identity.node()
        + "\nincarnation " + identity.incarnation() + "\n";
    String text = body + "crc32c " + checksum(body) + "\n";
    try (DiskFile file = disk.create(files.newIdentity())) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      file.force(true);
    }
    disk.move(files.newIdentity(), files.identity());
    disk.forceDirectory(files.directory());
  }

  static StoreIdentity read(Path path, String kind) throws StorageException {
    String text;
    try {
      text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    refuseOtherFormat(path, text, kind);
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

  private static void refuseOtherFormat(Path path, String text, String kind)
      throws StorageException {
    Matcher format = FORMAT.matcher(text.lines().findFirst().orElse(""));
    if (!format.matches()) {
      throw Damage.at(path, 0, "it does not say which format it has");
    }
    String found = format.group(1) == null ? FileStorage.KIND : format.group(1);
    if (!found.equals(kind)) {
      throw new StorageException("directory " + path.getParent() + " is a store of storage '"
          + found + "', not '" + kind + "': choose " + Slot.STORAGE.key() + " = " + found
          + ", or give the node another directory");
    }
    String version = format.group(2);
    if (!version.equals(VERSION)) {
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

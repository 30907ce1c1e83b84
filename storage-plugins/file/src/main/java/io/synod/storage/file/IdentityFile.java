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
public final class IdentityFile {
  private static final Pattern FORMAT = Pattern.compile("(synod-[a-z0-9-]+) ([0-9]{1,9})");
  private static final String STORE = "synod-store";
  private static final String VERSION = "1";
  private static final int LINES = 5;

  private IdentityFile() {}

  static void write(Disk disk, StoreFiles files, StoreIdentity identity, String kind)
      throws IOException {
    try (DiskFile file = disk.create(files.newIdentity())) {
      file.write(ByteBuffer.wrap(bytes(format(kind), identity)), 0);
      file.force(true);
    }
    disk.move(files.newIdentity(), files.identity());
    disk.forceDirectory(files.directory());
  }

  /** A store of kind {@code file} does not name it: it was the only one once. */
  private static String format(String kind) {
    return kind.equals(FileStorage.KIND) ? STORE : STORE + "-" + kind;
  }

  /** What the file holds, {@code format} being its first word. */
  public static byte[] bytes(String format, StoreIdentity identity) {
    String cluster = Base64.getEncoder()
        .encodeToString(identity.cluster().getBytes(StandardCharsets.UTF_8));
    String body = format + " " + VERSION + "\ncluster " + cluster + "\nnode " + identity.node()
        + "\nincarnation " + identity.incarnation() + "\n";
    return (body + "crc32c " + checksum(body) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static StoreIdentity ofStore(Path path, String kind) throws StorageException {
    return read(format(kind), path);
  }

  /** Reads and checks it; refuses damage and other formats, naming the file. May block. */
  public static StoreIdentity read(String format, Path path) throws StorageException {
    String text;
    try {
      text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw Damage.unreadable(path, e);
    }
    refuseOtherFormat(path, text, format);
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

  private static void refuseOtherFormat(Path path, String text, String format)
      throws StorageException {
    String first = text.lines().findFirst().orElse("");
    Matcher says = FORMAT.matcher(first);
    if (!says.matches()) {
      throw Damage.at(path, 0, "it does not say which format it has");
    }
    String found = says.group(1);
    if (!found.equals(format) && found.startsWith(STORE) && format.startsWith(STORE)) {
      throw new StorageException("directory " + path.getParent() + " is a store of storage '"
          + kind(found) + "', not '" + kind(format) + "': choose " + Slot.STORAGE.key() + " = "
          + kind(found) + ", or give the node another directory");
    } else if (!found.equals(format)) {
      throw new StorageException(path + " says '" + first + "', not '" + format + " " + VERSION
          + "': this directory is in use for something else");
    }
    String version = says.group(2);
    if (!version.equals(VERSION)) {
      throw new StorageException(path + " has format version " + version
          + ", but this release reads version " + VERSION + ": run the release that wrote it");
    }
  }

  private static String kind(String format) {
    return format.equals(STORE) ? FileStorage.KIND : format.substring(STORE.length() + 1);
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

package io.synod.storage.disk;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.storage.file.Disk;
import io.synod.storage.file.DiskFile;
import io.synod.storage.file.IdentityFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose disk a directory is: the file {@code identity}, made by the process that comes first. It
 * is written and forced under a name of its own and then linked, which succeeds for one only.
 */
final class SharedIdentity {
  /** Of a disk with an area for each process. */
  static final String DISK = "synod-disk";
  private static final String FILE = "identity";

  private SharedIdentity() {}

  /** Makes or checks it; refuses what is not ours, naming it, and leaves that alone. */
  static StoreIdentity of(String format, Disk disk, Path root, PassiveUse use)
      throws StorageException {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      // Looked at in this order: whoever made an area made the identity before.
      String foreign = foreign(root);
      if (!Files.exists(file)) {
        if (!foreign.isEmpty()) {
          throw new StorageException("directory " + root + " holds " + foreign + " but no disk"
              + " (there is no file 'identity'): give an empty directory, or put the disk's"
              + " files back");
        }
        make(format, disk, root, use);
      }
    }
    StoreIdentity found = IdentityFile.read(format, file);
    if (!found.cluster().equals(use.cluster()) || !found.node().equals(use.member())) {
      throw new StorageException("directory " + root + " is the disk " + found.node()
          + " of cluster '" + found.cluster() + "', not " + use.member() + " of cluster '"
          + use.cluster() + "': give each acceptor a directory of its own");
    }
    return found;
  }

  private static String foreign(Path root) throws StorageException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.equals(FILE) && !name.startsWith(FILE + '-') && !name.equals("lost+found")) {
          return "'" + name + "'";
        }
      }
      return "";
    } catch (IOException e) {
      throw Damage.unreadable(root, e);
    }
  }

  private static void make(String format, Disk disk, Path root, PassiveUse use)
      throws StorageException {
    NodeId process = use.process();
    Path own = root.resolve(FILE + '-' + process + '-' + use.newIncarnation());
    StoreIdentity identity =
        new StoreIdentity(use.cluster(), use.member(), use.newIncarnation());
    try {
      try (DiskFile written = disk.create(own)) {
        written.write(ByteBuffer.wrap(IdentityFile.bytes(format, identity)), 0);
        written.force(true);
      }
      link(root.resolve(FILE), own);
      disk.delete(own);
    } catch (IOException e) {
      throw Damage.unwritable(root, e);
    }
  }

  private static void link(Path file, Path own) throws IOException {
    try {
      Files.createLink(file, own);
    } catch (FileAlreadyExistsException e) {
      return; // somebody was faster
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system knows no hard links", e);
    }
  }
}

package io.synod.storage.file;

import io.synod.api.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;

/** Words for what is wrong with a file. */
public final class Damage {
  private static final String ADVICE =
      "; the store cannot be trusted any more: keep a copy of the directory for inspection and"
          + " bring the node back as a new member with an empty one";

  private Damage() {}

  static StorageException at(Path file, long offset, String what) {
    return new DamageException(
        offset, file + " is damaged at offset " + offset + ": " + what + ADVICE);
  }

  /** A plugin's own files are not as they were left, and say so themselves. */
  public static StorageException of(Path directory, String what, Throwable cause) {
    return new StorageException(directory + " is damaged: " + what + ADVICE, cause);
  }

  /** Something of a store that is known to have been there is gone. */
  public static StorageException missing(Path file, String why) {
    return new DamageException(0, file + " is missing: " + why + ADVICE);
  }

  /** The system does not let it be read. */
  public static StorageException unreadable(Path file, IOException cause) {
    return new StorageException(file + " cannot be read (" + cause.getMessage()
        + "): check the disk and the permissions", cause);
  }

  /** The disk is full, broken or forbidden. */
  public static StorageException unwritable(Path file, IOException cause) {
    return new StorageException(file + " cannot be written or forced (" + cause.getMessage()
        + "): free space or repair the disk, then restart the node", cause);
  }
}

package io.synod.api.storage;

import java.io.IOException;

/**
 * Storage failed, is damaged or is not ours. The message names the file and, for damage, the
 * offset, and says what to do. The node stops; nothing is retried.
 */
public class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With one clear sentence. */
  public StorageException(String message) {
    super(message);
  }

  /** With one clear sentence and what the operating system said. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}

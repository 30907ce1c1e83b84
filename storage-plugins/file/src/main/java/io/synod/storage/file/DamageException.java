package io.synod.storage.file;

import io.synod.api.storage.StorageException;

/** Damage at an offset of the file that the message names. */
final class DamageException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  DamageException(long offset, String message) {
    super(message);
    this.offset = offset;
  }

  long offset() {
    return offset;
  }
}

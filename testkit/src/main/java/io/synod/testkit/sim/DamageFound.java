package io.synod.testkit.sim;

import io.synod.api.storage.StorageException;

/** What lies on a simulated disk is not what was forced to it: this store cannot be used again. */
final class DamageFound extends StorageException {
  private static final long serialVersionUID = 1L;

  DamageFound(String message) {
    super(message);
  }
}

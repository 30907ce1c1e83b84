package io.synod.transport.shm;

import java.io.IOException;
import java.nio.file.Path;

/** A shared file is not what it should be; the message names it and the offset. */
final class FaultException extends IOException {
  private static final long serialVersionUID = 1L;

  FaultException(Path file, long offset, String what) {
    super(file + " cannot be used: at offset " + offset + " " + what);
  }
}

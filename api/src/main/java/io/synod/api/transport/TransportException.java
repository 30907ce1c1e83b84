package io.synod.api.transport;

import java.io.IOException;

/** The transport could not start; the message names the address at fault. */
public class TransportException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With one clear sentence and what the operating system said. */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}

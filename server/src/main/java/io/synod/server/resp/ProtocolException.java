package io.synod.server.resp;

/** Bytes that are not RESP: the connection gets the message and is closed. */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super("ERR Protocol error: " + message, null, false, false);
  }
}

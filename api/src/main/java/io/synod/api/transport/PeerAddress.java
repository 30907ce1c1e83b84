package io.synod.api.transport;

/** A host name or address, and a port. Resolved by the transport, at each connect. */
public record PeerAddress(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Refuses ports out of range. */
  public PeerAddress {
    if (host.isEmpty() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("not an address: '" + host + ":" + port + "'");
    }
  }

  /** Reads {@code host:port}; the message of the exception repeats the text. */
  public static PeerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new PeerAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("expected host:port but found '" + text + "'", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

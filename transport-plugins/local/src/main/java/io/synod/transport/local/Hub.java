package io.synod.transport.local;

import io.synod.api.transport.PeerAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who listens where. {@link #OF_THIS_PROCESS} is the one piece of static state of the transports:
 * an address only means something to all nodes and clients of a process if they look it up in the
 * same place, and plugins are made apart from each other by a ServiceLoader. It takes the part
 * that the operating system's table of ports has for sockets. It holds a node from start to close.
 */
final class Hub {
  static final Hub OF_THIS_PROCESS = new Hub();

  private static final int FIRST_FREE_PORT = 1024;
  private static final int PORTS = 65_536;

  private final ConcurrentMap<PeerAddress, LocalTransport> listening = new ConcurrentHashMap<>();

  /** Takes the address, or any free port of its host when the port is 0; empty if taken. */
  Optional<PeerAddress> bind(PeerAddress wanted, LocalTransport node) {
    if (wanted.port() != 0) {
      return take(wanted, node) ? Optional.of(wanted) : Optional.empty();
    }
    for (int port = FIRST_FREE_PORT; port < PORTS; port++) {
      PeerAddress address = new PeerAddress(wanted.host(), port);
      if (take(address, node)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private boolean take(PeerAddress address, LocalTransport node) {
    return listening.putIfAbsent(address, node) == null;
  }

  void release(PeerAddress address, LocalTransport node) {
    listening.remove(address, node);
  }

  /** The node there, or null: this is asked for every flush. */
  LocalTransport at(PeerAddress address) {
    return listening.get(address);
  }
}

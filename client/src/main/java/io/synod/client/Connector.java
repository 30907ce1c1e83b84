package io.synod.client;

import io.synod.api.transport.PeerAddress;

/** Starts connection attempts; what comes of {@code attempt} is reported under its number. */
interface Connector {
  void connect(PeerAddress node, long attempt);
}

package io.synod.client;

import io.synod.api.message.ClientMessage;

/** Where messages to the connected node go; never blocks. */
interface ClientMessageSink {
  void send(ClientMessage message);
}

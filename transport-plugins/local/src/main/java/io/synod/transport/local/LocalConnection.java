package io.synod.transport.local;

import io.synod.api.message.ClientMessage;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One client connection with its two ends. What the client sends is handed to the node on the
 * client's thread; what the node sends goes through the client's mailbox, so that no listener
 * ever runs on a node's loop. Closing either end tells both, once.
 */
final class LocalConnection {
  private final LocalTransport node;
  private final ClientTransport.Listener listener;
  private final Mailbox mailbox;
  private final int limit;
  private final Consumer<LocalConnection> forget;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock sending = new ReentrantLock();
  private final ClientLink nodeEnd = new NodeEnd();
  private final ClientLink clientEnd = new ClientEnd();

  LocalConnection(
      LocalTransport node, ClientTransport.Listener listener, Mailbox mailbox, int limit,
      Consumer<LocalConnection> forget) {
    this.node = node;
    this.listener = listener;
    this.mailbox = mailbox;
    this.limit = limit;
    this.forget = forget;
  }

  ClientLink nodeEnd() {
    return nodeEnd;
  }

  ClientLink clientEnd() {
    return clientEnd;
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      forget.accept(this);
      mailbox.put(listener::onClosed);
      node.left(this);
    }
  }

  private void answer(ClientMessage message) {
    waiting.decrementAndGet();
    listener.onMessage(message);
  }

  private final class NodeEnd implements ClientLink {
    @Override
    public void send(ClientMessage message) {
      if (closed.get()) {
        return;
      }
      if (waiting.incrementAndGet() > limit) {
        LocalConnection.this.close();
      } else {
        mailbox.put(() -> answer(message));
      }
    }

    @Override
    public void close() {
      LocalConnection.this.close();
    }
  }

  private final class ClientEnd implements ClientLink {
    @Override
    public void send(ClientMessage message) {
      // The receiver only enqueues, so that this lock is held for a moment; it keeps the order.
      sending.lock();
      try {
        if (!closed.get()) {
          node.take(nodeEnd, message);
        }
      } finally {
        sending.unlock();
      }
    }

    @Override
    public void close() {
      LocalConnection.this.close();
    }
  }
}

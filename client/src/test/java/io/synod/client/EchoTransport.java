package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Query;
import io.synod.api.message.ClientMessage.QueryResult;
import io.synod.api.message.ClientMessage.Result;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.model.InstanceId;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.PeerAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that applies every command at once, on a network thread of its own. */
final class EchoTransport implements ClientTransport {
  static final String THREAD = "echo-network";

  final AtomicInteger submits = new AtomicInteger();
  volatile boolean mute;
  volatile boolean closed;
  private final ExecutorService network =
      Executors.newSingleThreadExecutor(r -> new Thread(r, THREAD));

  @Override
  public CompletionStage<ClientLink> connect(PeerAddress node, Listener listener) {
    return CompletableFuture.supplyAsync(() -> new Link(listener), network);
  }

  @Override
  public void close() {
    closed = true;
    network.shutdownNow();
  }

  private final class Link implements ClientLink {
    private final Listener listener;

    Link(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void send(ClientMessage message) {
      network.execute(() -> answer(message));
    }

    @Override
    public void close() {
      network.execute(listener::onClosed);
    }

    private void answer(ClientMessage message) {
      if (message instanceof OpenSession open) {
        listener.onMessage(new SessionOpened(open.nonce(), 1));
      } else if (message instanceof Query query) {
        listener.onMessage(new QueryResult(query.request(), InstanceId.FIRST, query.query()));
      } else if (message instanceof Submit submit && !mute) {
        submits.incrementAndGet();
        long sequence = submit.sequence();
        for (byte[] command : submit.commands()) {
          listener.onMessage(new Result(1, sequence, InstanceId.of(sequence), command));
          sequence++;
        }
      } else {
        listener.onMessage(new ClientMessage.Pong());
      }
    }
  }
}

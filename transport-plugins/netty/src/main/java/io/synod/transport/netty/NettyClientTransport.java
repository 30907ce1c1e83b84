package io.synod.transport.netty;

import io.netty.channel.EventLoop;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.ClientTransport;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.PeerAddress;
import io.synod.api.transport.TransportException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * A client's end; one thread serves all its connections, calls the listeners and completes the
 * futures. {@link #close} waits for that thread, unless it is called on it.
 */
final class NettyClientTransport implements ClientTransport {
  private static final String THREAD = "synod-net-client";

  private final String cluster;
  private final LimitedLog log =
      new LimitedLog(LoggerFactory.getLogger(NettyClientTransport.class)::warn);
  private final EventLoops loops;
  private final Resolver resolver;
  private final Dialler dialler;
  private final AtomicInteger attempts = new AtomicInteger();

  NettyClientTransport(String cluster, Supplier<MessageCodec> codecs, Settings settings) {
    this.cluster = cluster;
    this.loops = new EventLoops(THREAD, 1, codecs);
    this.resolver = new Resolver(THREAD + "-names");
    this.dialler = new Dialler(loops, resolver, Limits.of(settings));
  }

  @Override
  public CompletionStage<ClientLink> connect(PeerAddress node, Listener listener) {
    CompletableFuture<ClientLink> made = new CompletableFuture<>();
    EventLoop loop = loops.any();
    ClientCall call = new ClientCall(node, listener, dialler, log, made);
    Handshake.Hello hello = new Handshake.Hello(
        Handshake.MIN_VERSION, Handshake.MAX_VERSION, true, 0, cluster, "");
    try {
      dialler.dial(node, attempts.getAndIncrement(), loop,
          new DialledConnection(dialler.limits(), hello, call), call::connected);
    } catch (RejectedExecutionException e) {
      made.completeExceptionally(new TransportException(
          "cannot connect to " + node + ": this client is closed", new ConnectException()));
    }
    return made;
  }

  @Override
  public void close() {
    resolver.close();
    loops.close();
  }
}

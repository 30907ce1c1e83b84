package io.synod.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import io.synod.api.transport.PeerAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connection that this node dials to one peer: made when first needed and then kept, with
 * growing pauses while the peer is away. All of it belongs to one event loop, apart from the
 * count of waiting bytes and from {@link #takes}, which the node's loop reads.
 *
 * <p>While a connection is being made, messages wait for it; during the pauses they are dropped,
 * so that a peer that comes back is not greeted with a heap of old news.
 */
final class PeerLine {
  private enum State { IDLE, CONNECTING, CONNECTED, PAUSING, CLOSED }

  private final Plugins.Local local;
  private final NodeId peer;
  private final Dialler dialler;
  private final EventLoop loop;
  private final LimitedLog log;
  private final Backoff backoff;
  private final AtomicLong waiting = new AtomicLong();
  private final List<Batch> pending = new ArrayList<>();
  private PeerAddress address;
  private volatile boolean takes = true;
  private State state = State.IDLE;
  private Channel channel;
  private int attempt;

  PeerLine(
      Plugins.Local local, NodeId peer, PeerAddress address, Dialler dialler, EventLoop loop,
      LimitedLog log) {
    this.local = local;
    this.peer = peer;
    this.address = address;
    this.dialler = dialler;
    this.loop = loop;
    this.log = log;
    Limits limits = dialler.limits();
    this.backoff = new Backoff(limits.reconnectMinMillis(), limits.reconnectMaxMillis());
  }

  /** Whether it is worth to queue anything; any thread. */
  boolean takes() {
    return takes;
  }

  /** Bytes queued and not yet with the operating system; any thread. */
  AtomicLong waiting() {
    return waiting;
  }

  /** Sends, or keeps for the connection being made, or drops. */
  void write(Batch batch) {
    if (state == State.IDLE) {
      dial();
    }
    if (state == State.CONNECTED) {
      writeOut(batch);
    } else if (state == State.CONNECTING) {
      pending.add(batch);
    } else {
      drop(batch);
    }
  }

  private void writeOut(Batch batch) {
    long size = batch.size();
    batch.writeTo(channel).addListener(done -> waiting.addAndGet(-size));
  }

  private void drop(Batch batch) {
    waiting.addAndGet(-batch.size());
    batch.release();
  }

  private void dropPending() {
    pending.forEach(this::drop);
    pending.clear();
  }

  /** The peer is to be found there from now on. */
  void moved(PeerAddress to) {
    if (!to.equals(address)) {
      address = to;
      backoff.reset();
      if (channel != null) {
        channel.close();
      }
    }
  }

  void close() {
    state = State.CLOSED;
    takes = false;
    dropPending();
    if (channel != null) {
      channel.close();
    }
  }

  private void dial() {
    state = State.CONNECTING;
    takes = true;
    Call call = new Call(address);
    Handshake.Hello hello = new Handshake.Hello(
        Handshake.MIN_VERSION, Handshake.MAX_VERSION, false, local.incarnation().number(),
        local.cluster(), local.self().name());
    dialler.dial(address, attempt++, loop,
        new DialledConnection(dialler.limits(), hello, call), call::connected);
  }

  private void pause() {
    channel = null;
    dropPending();
    if (state != State.CLOSED) {
      state = State.PAUSING;
      takes = false;
      loop.schedule(this::resume, backoff.nextMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void resume() {
    if (state == State.PAUSING) {
      dial();
    }
  }

  /** One attempt and the connection that came of it. */
  private final class Call implements DialledConnection.Caller {
    private final PeerAddress called;

    Call(PeerAddress called) {
      this.called = called;
    }

    void connected(Channel made, Throwable failure) {
      if (failure != null) {
        log.warn("unreachable", peer, "node " + local.self() + " cannot reach " + peer + " at "
            + called + ", keeps trying: " + Dialler.why(failure));
        pause();
      } else if (state == State.CLOSED || !called.equals(address)) {
        made.close();
      } else if (made.isActive()) {
        channel = made;
      }
    }

    @Override
    public String objection(Handshake.Answer answer) {
      return answer.id().equals(peer.name()) ? ""
          : "'" + answer.id() + "' answers there, not " + peer;
    }

    @Override
    public void welcomed(ChannelHandlerContext ctx) {
      if (state != State.CONNECTING || !called.equals(address)) {
        ctx.close();
        return;
      }
      channel = ctx.channel();
      state = State.CONNECTED;
      backoff.reset();
      pending.forEach(PeerLine.this::writeOut);
      pending.clear();
    }

    @Override
    public void frame(ByteBuffer bytes) {
      throw new IllegalStateException("a message over a connection that only sends");
    }

    @Override
    public void fault(String reason) {
      log.warn("line", peer, "node " + local.self() + " closes its connection to " + peer + " at "
          + called + ": " + reason);
    }

    @Override
    public void gone() {
      pause();
    }
  }
}

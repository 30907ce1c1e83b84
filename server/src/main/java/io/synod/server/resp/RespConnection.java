package io.synod.server.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.synod.server.kv.Reply;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Redis client: bytes in, requests to the session, replies out in order. Everything runs on
 * the connection's event loop but {@link #completed}. Reading stops while too much is unanswered
 * or the client does not fetch its replies.
 */
final class RespConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RespConnection.class);
  private static final int NANOS_IN_MILLI = 1_000_000;
  private static final int COPIED_UP_TO = 64 << 10;

  private final RespServer server;
  private final RespConfig config;
  private final RespParser parser;
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private ChannelHandlerContext context;
  private RespSession session;
  private ByteBuf input;
  private int outstanding;
  private int unansweredReads;
  private int unansweredLogged;
  private boolean waiting;
  private boolean closing;
  private boolean processing;
  private long heard;
  private long stuckSince;

  RespConnection(RespServer server, RespConfig config) {
    this.server = server;
    this.config = config;
    this.parser = new RespParser(config.maxRequest());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    session = new RespSession(this, server.node(), config, server.nextId());
    heard = System.nanoTime();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    releaseInput();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (closing) {
      bytes.release();
      return;
    }
    heard = System.nanoTime();
    input = input == null ? bytes
        : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, bytes);
    process();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    drain();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    stuckSince = System.nanoTime();
    drain();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.warn("connection of {} closed by a fault", ctx.channel().remoteAddress(), cause);
    }
    ctx.close();
  }

  /** Takes as many requests as may be unanswered at once. */
  private void process() {
    if (processing || input == null) {
      return;
    }
    processing = true;
    try {
      session.startBatch(heard);
      takeRequests();
      session.endBatch();
    } catch (ProtocolException e) {
      session.endBatch();
      refuse(e.getMessage());
    } finally {
      processing = false;
    }
    releaseIfEmpty();
    context.channel().config().setAutoRead(!waiting && !closing);
  }

  private void takeRequests() throws ProtocolException {
    waiting = false;
    while (!closing && !waiting) {
      if (outstanding >= config.maxOutstanding() || !context.channel().isWritable()) {
        waiting = true;
        return;
      }
      RespParser.Found found = parser.next(input);
      if (found == RespParser.Found.MORE) {
        return;
      } else if (found == RespParser.Found.TOO_LARGE) {
        session.tooLarge();
      } else if (session.handle(parser, input)) {
        parser.consume(input);
      } else {
        waiting = true;
      }
    }
  }

  private void releaseIfEmpty() {
    if (input != null && (closing || !input.isReadable())) {
      releaseInput();
    }
  }

  private void releaseInput() {
    if (input != null && !processing) {
      input.release();
      input = null;
    }
  }

  /** Appends a place in the order of replies. */
  void add(Slot slot) {
    slots.add(slot);
    outstanding++;
    count(slot, 1);
  }

  /** One more request shares the last place. */
  void addToLast(Slot slot) {
    slot.oneMore();
    outstanding++;
  }

  boolean hasUnansweredReads() {
    return unansweredReads > 0;
  }

  boolean hasUnansweredWrites() {
    return unansweredLogged > 0;
  }

  private void count(Slot slot, int change) {
    unansweredReads += slot.kind() == Slot.Kind.READ ? change : 0;
    unansweredLogged += slot.kind() == Slot.Kind.LOGGED ? change : 0;
  }

  /** A slot has its reply. Any thread; wakes the event loop once for many. */
  void completed() {
    boolean soonSent = processing && context.executor().inEventLoop();
    if (!soonSent && !draining.getAndSet(true)) {
      context.executor().execute(this::wake);
    }
  }

  private void wake() {
    draining.set(false);
    drain();
  }

  /** Sends the replies that are there and takes the requests that waited for them. */
  private void drain() {
    do {
      sendReplies();
      if (waiting) {
        process();
      }
    } while (replyOfFirst() != null);
    if (closing && slots.isEmpty()) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void sendReplies() {
    ByteBuf out = null;
    byte[] reply = replyOfFirst();
    while (reply != null) {
      Slot slot = slots.poll();
      outstanding -= slot.requests();
      count(slot, -1);
      session.saw(slot.index());
      out = write(out, slot.wire(reply));
      reply = replyOfFirst();
    }
    if (out != null) {
      context.writeAndFlush(out, context.voidPromise());
      cutIfTooMuchIsUnsent();
    }
  }

  private byte[] replyOfFirst() {
    Slot first = slots.peek();
    return first == null ? null : first.get();
  }

  private ByteBuf write(ByteBuf out, byte[] reply) {
    if (reply.length > COPIED_UP_TO) {
      if (out != null) {
        context.write(out, context.voidPromise());
      }
      context.write(Unpooled.wrappedBuffer(reply), context.voidPromise());
      return context.alloc().ioBuffer();
    }
    ByteBuf buffer = out == null ? context.alloc().ioBuffer() : out;
    return buffer.writeBytes(reply);
  }

  private void cutIfTooMuchIsUnsent() {
    long unsent = context.channel().bytesBeforeWritable();
    if (unsent > config.maxOutput()) {
      LOG.warn("connection of {} cut: {} bytes of replies not fetched, synod.resp.max-output = {}",
          context.channel().remoteAddress(), unsent, config.maxOutput());
      context.close();
    }
  }

  /** Answers what is due, then an error, then closes. */
  private void refuse(String error) {
    Slot slot = session.local();
    slot.complete(Reply.error(error));
    closeWhenAnswered();
  }

  /** Reads nothing more and closes once all requests are answered. */
  void closeWhenAnswered() {
    closing = true;
    context.channel().config().setAutoRead(false);
    if (!processing) {
      releaseIfEmpty();
      drain();
    }
  }

  /** Looks for requests and clients that take too long; called a few times a second. */
  void check(long now) {
    while (!slots.isEmpty() && now - slots.peek().since() > config.timeoutNanos()) {
      Slot late = slots.peek();
      late.timeOut(config.timeoutNanos() / NANOS_IN_MILLI);
      drain();
      if (slots.peek() == late) {
        break;
      }
    }
    boolean halfRequest = !waiting && parser.inRequest(input);
    boolean stuck = !context.channel().isWritable() && now - stuckSince > config.stallNanos();
    boolean idle = slots.isEmpty() && !waiting && now - heard > config.idleNanos();
    if (stuck || idle || halfRequest && now - heard > config.stallNanos()) {
      LOG.debug("connection of {} closed: idle or stalled", context.channel().remoteAddress());
      context.close();
    }
  }
}

package io.synod.server.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One request, one answer, then the connection is closed: bounded whatever a client does. A client
 * has so much time for its request, and as much to fetch the answer; how long the answer takes is
 * the node's affair.
 */
final class AdminHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final int LARGEST_BODY = 16 << 10;

  private final AdminApi api;
  private final Duration stall;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private HttpRequest head;
  private boolean closing;
  private Future<?> deadline;

  AdminHandler(AdminApi api, Duration stall) {
    this.api = api;
    this.stall = stall;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    setDeadline(ctx);
  }

  private void setDeadline(ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> ctx.close(), stall.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject object) {
    if (closing) {
      return; // what follows the first request is not looked at
    }
    if (object.decoderResult().isFailure()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "this is not HTTP");
    } else if (object instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (!closing && object instanceof HttpContent content) {
      take(ctx, content);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    if (HttpUtil.getContentLength(request, 0L) > LARGEST_BODY) {
      refuseBody(ctx);
    }
  }

  private void take(ChannelHandlerContext ctx, HttpContent content) {
    int length = content.content().readableBytes();
    if (body.size() + length > LARGEST_BODY) {
      refuseBody(ctx);
      return;
    }
    byte[] bytes = new byte[length];
    content.content().readBytes(bytes);
    body.writeBytes(bytes);
    if (content instanceof LastHttpContent) {
      closing = true;
      deadline.cancel(false);
      ask(ctx, new AdminRequest(head.method(), head.uri(), body.toByteArray()));
    }
  }

  private void ask(ChannelHandlerContext ctx, AdminRequest request) {
    api.answer(request).thenAccept(answer -> ctx.executor().execute(() -> {
      if (ctx.channel().isActive()) {
        setDeadline(ctx);
        send(ctx, answer, ChannelFutureListener.CLOSE);
      }
    }));
  }

  private void refuseBody(ChannelHandlerContext ctx) {
    refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "a body here has at most " + LARGEST_BODY + " bytes");
  }

  /**
   * The rest of the request is read and dropped until the client closes or its time is over: a
   * connection closed with bytes unread loses the answer.
   */
  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String message) {
    closing = true;
    send(ctx, Answer.error(status, message),
        sent -> ((DuplexChannel) ctx.channel()).shutdownOutput());
  }

  private static void send(
      ChannelHandlerContext ctx, Answer answer, ChannelFutureListener afterwards) {
    DefaultFullHttpResponse response = new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(answer.body()));
    response.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
        .set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(afterwards);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}

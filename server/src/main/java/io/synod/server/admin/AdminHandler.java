package io.synod.server.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;

/** One request, one answer, then the connection is closed: bounded whatever a client does. */
final class AdminHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final AdminApi api;
  private boolean asked;

  AdminHandler(AdminApi api) {
    this.api = api;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject object) {
    if (asked || !(object instanceof HttpRequest request)) {
      return; // what follows the head of the first request is not looked at
    }
    asked = true;
    if (request.decoderResult().isFailure()) {
      send(ctx, AdminApi.badRequest(HttpResponseStatus.BAD_REQUEST, "this is not HTTP"));
      return;
    }
    if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0) {
      send(ctx, AdminApi.badRequest(
          HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "no request here takes a body"));
      return;
    }
    HttpMethod method = request.method();
    String path = request.uri().replaceFirst("\\?.*", "");
    api.answer(method, path).whenComplete((answer, failure) -> {
      AdminApi.Answer sent = failure == null ? answer : AdminApi.failed(failure);
      ctx.executor().execute(() -> send(ctx, sent));
    });
  }

  private static void send(ChannelHandlerContext ctx, AdminApi.Answer answer) {
    DefaultFullHttpResponse response = new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, answer.status(), Unpooled.wrappedBuffer(answer.body()));
    response.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
        .set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}

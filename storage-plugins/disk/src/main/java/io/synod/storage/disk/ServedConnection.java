package io.synod.storage.disk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.StorageException;
import io.synod.storage.file.Disk;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process at a disk server. All work is done by a thread of this connection alone, which a disk
 * that hangs may hold; the area is let go when the connection is gone and nothing of it is under
 * way any more.
 */
final class ServedConnection extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger LOG = LoggerFactory.getLogger(ServedConnection.class);

  private final Disk disk;
  private final Path data;
  private final FrameCut cut;
  private final ExecutorService worker;
  /** Of that thread. */
  private Blocks blocks;

  ServedConnection(Disk disk, Path data, FrameCut cut, ExecutorService worker) {
    this.disk = disk;
    this.data = data;
    this.cut = cut;
    this.worker = worker;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) {
    byte[] bytes = ByteBufUtil.getBytes(frame);
    worker.execute(() -> serve(ctx, bytes));
  }

  /** The next frame is read only when this one is done with. */
  private void serve(ChannelHandlerContext ctx, byte[] frame) {
    try {
      if (blocks == null) {
        greet(ctx, Wire.hello(frame));
      } else {
        DataInputStream in = Wire.parts(frame);
        answer(ctx, in.readLong(), in);
      }
      ctx.read();
    } catch (IOException | RuntimeException e) {
      exceptionCaught(ctx, e);
    }
  }

  private void greet(ChannelHandlerContext ctx, Wire.Hello hello) {
    try {
      blocks = open(hello);
    } catch (StorageException e) {
      LOG.warn("refused {}: {}", ctx.channel().remoteAddress(), e.getMessage());
      send(ctx, Wire.welcome(new Incarnation(0), e.getMessage()))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    ctx.pipeline().remove(ReadTimeoutHandler.class); // goes to the event loop by itself
    cut.greeted();
    send(ctx, Wire.welcome(blocks.incarnation(), ""));
  }

  private Blocks open(Wire.Hello hello) throws StorageException {
    if (hello.version() != Wire.VERSION) {
      throw new StorageException("the disk server speaks version " + Wire.VERSION
          + ", the caller version " + hello.version());
    }
    if (!DiskAddress.isName(hello.disk())) {
      throw new StorageException("'" + hello.disk() + "' cannot be the name of a disk");
    }
    PassiveUse use = hello.use();
    Path directory = data.resolve(hello.disk());
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(directory);
        disk.forceDirectory(data);
      }
    } catch (IOException e) {
      throw Damage.unwritable(directory, e);
    }
    return DirectoryBlocks.open(disk, directory, use);
  }

  private void answer(ChannelHandlerContext ctx, long number, DataInputStream in)
      throws IOException {
    Wire.Parts parts;
    try {
      parts = done(in);
    } catch (StorageException e) {
      LOG.warn("for {}: {}", ctx.channel().remoteAddress(), e.getMessage());
      send(ctx, Wire.frame(out -> {
        out.writeLong(number);
        out.writeBoolean(false);
        out.writeUTF(e.getMessage());
      }));
      return;
    }
    send(ctx, Wire.frame(out -> {
      out.writeLong(number);
      out.writeBoolean(true);
      parts.writeTo(out);
    }));
  }

  private Wire.Parts done(DataInputStream in) throws IOException {
    int asked = in.readUnsignedByte();
    switch (asked) {
      case Wire.EXCHANGE -> {
        List<Block> written = Wire.blocks(in);
        Map<NodeId, ByteBuffer> heads = blocks.exchange(written);
        return out -> Wire.write(out, heads);
      }
      case Wire.LOG -> {
        Optional<ByteBuffer> log =
            blocks.log(NodeId.of(in.readUTF()), Wire.natural(in), Wire.natural(in));
        return out -> {
          out.writeBoolean(log.isPresent());
          Wire.write(out, log.orElse(ByteBuffer.allocate(0)));
        };
      }
      case Wire.KEEP_ONLY -> blocks.keepOnly(Wire.natural(in));
      case Wire.CLOSE -> blocks.close();
      default -> throw new IOException("asked for " + asked + ", which is nothing known");
    }
    return out -> { };
  }

  private static ChannelFuture send(ChannelHandlerContext ctx, byte[] frame) {
    return ctx.writeAndFlush(Unpooled.wrappedBuffer(frame));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    worker.execute(() -> {
      if (blocks != null) {
        blocks.close();
      }
    });
    worker.shutdown();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.warn("closing the connection of {}: {}", ctx.channel().remoteAddress(),
        cause.getMessage() == null ? cause.toString() : cause.getMessage());
    ctx.close();
  }
}

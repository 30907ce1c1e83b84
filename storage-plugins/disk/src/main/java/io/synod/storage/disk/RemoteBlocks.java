package io.synod.storage.disk;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.PeerAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** At a disk server. After a failure nothing is asked any more. */
final class RemoteBlocks implements Blocks {
  /** So much is sent in one request, which leaves room for what goes with it. */
  private static final int REQUEST_BYTES = Wire.FRAME_BYTES / 2;

  private final String place;
  private final Duration patience;
  private final EventLoopGroup loop;
  private final AnswerHandler answers = new AnswerHandler();
  private final FrameCut cut = new FrameCut();
  private Channel channel;
  private Incarnation incarnation;
  private long number;
  private boolean failed;

  private RemoteBlocks(String place, Duration patience) {
    this.place = place;
    this.patience = patience;
    this.loop = new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory("synod-disk-client", true), NioIoHandler.newFactory());
  }

  /** Connects and says who calls; refused or not answered in time it fails. */
  static RemoteBlocks open(PeerAddress server, String disk, PassiveUse use, Duration patience)
      throws StorageException {
    RemoteBlocks remote = new RemoteBlocks("disk://" + server + "/" + disk, patience);
    try {
      remote.connect(server);
      remote.greet(disk, use);
      return remote;
    } catch (StorageException | RuntimeException e) {
      remote.close();
      throw e;
    }
  }

  private void connect(PeerAddress server) throws StorageException {
    ChannelFuture connecting = new Bootstrap().group(loop).channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel made) {
            made.pipeline().addLast(cut, new LengthFieldPrepender(4), answers);
          }
        })
        .connect(server.host(), server.port());
    channel = connecting.channel();
    CompletableFuture<Void> connected = new CompletableFuture<>();
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        connected.complete(null);
      } else {
        connected.completeExceptionally(done.cause());
      }
    });
    await(connected);
  }

  private void greet(String disk, PassiveUse use) throws StorageException {
    try {
      DataInputStream in = Wire.parts(ask(Wire.hello(disk, use)));
      Wire.checkMagic(in);
      int version = in.readUnsignedByte();
      String refusal = in.readUTF();
      if (!refusal.isEmpty()) {
        throw new StorageException(place + ": " + refusal);
      }
      if (version != Wire.VERSION) {
        throw new StorageException(place + " speaks version " + version + ", not " + Wire.VERSION);
      }
      incarnation = new Incarnation(in.readLong());
      cut.greeted();
    } catch (StorageException e) {
      failed = true;
      throw e;
    } catch (IOException e) {
      throw nonsense(e);
    }
  }

  private byte[] ask(byte[] frame) throws StorageException {
    CompletableFuture<byte[]> answer = answers.expect();
    channel.writeAndFlush(Unpooled.wrappedBuffer(frame)).addListener(written -> {
      if (!written.isSuccess()) {
        answer.completeExceptionally(written.cause());
      }
    });
    return await(answer);
  }

  private <T> T await(CompletableFuture<T> future) throws StorageException {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      failed = true;
      throw new StorageException("the disk server of " + place + " did not answer within "
          + patience.toMillis() + "ms (" + DiskPlugin.TIMEOUT.key() + ")", e);
    } catch (InterruptedException e) {
      failed = true;
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for " + place, e);
    } catch (ExecutionException e) {
      failed = true;
      throw new StorageException("the disk server of " + place + " cannot be reached: "
          + e.getCause().getMessage(), e.getCause());
    }
  }

  private StorageException nonsense(Exception cause) {
    failed = true;
    return new StorageException(
        "the disk server of " + place + " answers nonsense: " + cause.getMessage(), cause);
  }

  private DataInputStream request(int what, Wire.Parts parts) throws StorageException {
    if (failed) {
      throw new StorageException("the connection to " + place + " has failed before");
    }
    long asked = ++number;
    DataInputStream in = Wire.parts(ask(Wire.frame(out -> {
      out.writeLong(asked);
      out.writeByte(what);
      parts.writeTo(out);
    })));
    try {
      if (in.readLong() != asked) {
        throw new IOException("not to what was asked");
      }
      if (!in.readBoolean()) {
        throw new StorageException(place + ": " + in.readUTF());
      }
      return in;
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw nonsense(e);
    }
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public Map<NodeId, ByteBuffer> exchange(List<Block> blocks) throws StorageException {
    List<Block> batch = new ArrayList<>();
    long size = 0;
    for (Block piece : pieces(blocks)) {
      if (size + piece.bytes().remaining() > REQUEST_BYTES) {
        List<Block> full = List.copyOf(batch);
        request(Wire.EXCHANGE, out -> Wire.write(out, full));
        batch.clear();
        size = 0;
      }
      batch.add(piece);
      size += piece.bytes().remaining();
    }
    try {
      return Wire.heads(request(Wire.EXCHANGE, out -> Wire.write(out, batch)));
    } catch (StorageException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw nonsense(e);
    }
  }

  /** None longer than a chunk; of what was one block, the last forces all. */
  private static List<Block> pieces(List<Block> blocks) {
    List<Block> pieces = new ArrayList<>();
    for (Block block : blocks) {
      ByteBuffer bytes = block.bytes().duplicate();
      long at = block.at();
      while (bytes.remaining() > CHUNK) {
        ByteBuffer piece = bytes.slice(bytes.position(), CHUNK);
        pieces.add(new Block(block.generation(), at, piece, false));
        bytes.position(bytes.position() + CHUNK);
        at += CHUNK;
      }
      pieces.add(new Block(block.generation(), at, bytes, block.force()));
    }
    return pieces;
  }

  @Override
  public Optional<ByteBuffer> log(NodeId area, long generation, long from)
      throws StorageException {
    DataInputStream in = request(Wire.LOG, out -> {
      out.writeUTF(area.name());
      out.writeLong(generation);
      out.writeLong(from);
    });
    try {
      boolean found = in.readBoolean();
      ByteBuffer bytes = Wire.bytes(in);
      return found ? Optional.of(bytes) : Optional.empty();
    } catch (IOException e) {
      throw nonsense(e);
    }
  }

  @Override
  public void keepOnly(long generation) throws StorageException {
    request(Wire.KEEP_ONLY, out -> out.writeLong(generation));
  }

  @Override
  public void close() {
    try {
      if (!failed && channel.isActive()) {
        request(Wire.CLOSE, out -> { }); // so that the area is free when this returns
      }
    } catch (StorageException e) {
      failed = true; // the server lets go of it when it sees the connection end
    } finally {
      if (channel != null) {
        channel.close();
      }
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}

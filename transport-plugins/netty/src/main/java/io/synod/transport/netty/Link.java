package io.synod.transport.netty;

import io.netty.channel.Channel;
import io.synod.api.message.ClientMessage;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.MessageCodec;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Either end of a client connection. What any thread sends is gathered, and one task of the event
 * loop encodes and writes all that has come together. A side that does not read is cut off when
 * the channel's high-water mark is reached.
 */
final class Link implements ClientLink, Runnable {
  /** Written in one go, so that one busy client does not hold up the others of its loop. */
  private static final int TURN = 2048;
  private static final long CHUNK = 256 * 1024;

  private final Channel channel;
  private final MessageCodec codec;
  private final int maxFrame;
  private final LimitedLog log;
  private final Queue<ClientMessage> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Link(Channel channel, MessageCodec codec, int maxFrame, LimitedLog log) {
    this.channel = channel;
    this.codec = codec;
    this.maxFrame = maxFrame;
    this.log = log;
  }

  @Override
  public void send(ClientMessage message) {
    if (channel.isActive()) {
      queue.add(message);
      if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
        execute(this);
      }
    }
  }

  /** After what was sent before. */
  @Override
  public void close() {
    execute(() -> {
      while (!queue.isEmpty() && channel.isActive()) {
        writeSome();
      }
      channel.close();
    });
  }

  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The transport is closed, and the connection with it.
      queue.clear();
    }
  }

  @Override
  public void run() {
    // Cleared first: what is added from now on is either taken below or schedules a new task.
    scheduled.set(false);
    writeSome();
    if (!channel.isActive()) {
      queue.clear();
    } else if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      execute(this);
    }
  }

  private void writeSome() {
    Batch batch = new Batch();
    for (int i = 0; i < TURN && batch.size() < CHUNK; i++) {
      ClientMessage message = queue.poll();
      if (message == null) {
        break;
      }
      add(batch, message);
    }
    if (batch.size() > 0) {
      batch.writeTo(channel);
      if (channel.isActive() && !channel.isWritable()) {
        cut();
      }
    }
  }

  private void add(Batch batch, ClientMessage message) {
    ByteBuffer encoded = codec.encodeClient(message);
    if (encoded.remaining() > maxFrame) {
      log.warn("large", channel.remoteAddress(), "dropped a message of " + encoded.remaining()
          + " bytes for the client at " + channel.remoteAddress() + ": "
          + Keys.MAX_FRAME.key() + " = " + maxFrame);
    } else {
      batch.add(channel.alloc(), encoded);
    }
  }

  /** Of the client's end: at the node's end the connection itself has noticed already. */
  private void cut() {
    log.warn("cut", channel.remoteAddress(), "gives up the connection to "
        + channel.remoteAddress() + ", which does not read: more than "
        + Keys.CLIENT_QUEUE.key() + " = " + channel.config().getWriteBufferHighWaterMark()
        + " bytes are waiting for it");
    channel.close();
  }
}

package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.transport.MessageCodec;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The links between nodes, by index. Every message is encoded when it is sent and decoded when it
 * arrives, by the real codec. Without faults a link keeps order, as a connection does.
 */
final class SimulatedNetwork {
  private static final long FASTEST = 50_000;

  private final World world;
  private final SeededRandom random;
  private final MessageCodec codec;
  private final NetworkFaults faults;
  private final Receiver receiver;
  private final long[][] lastArrival;
  private final CRC32C crc = new CRC32C();
  private Message lastMessage;
  private byte[] lastBytes;
  private long lastSum;

  /** Takes what arrives. */
  interface Receiver {
    /** Bytes of {@code from} have reached {@code to}. */
    void arrived(int from, int to, byte[] bytes);
  }

  SimulatedNetwork(
      World world, int nodes, MessageCodec codec, NetworkFaults faults, Receiver receiver) {
    this.world = world;
    this.random = world.stream("network");
    this.codec = codec;
    this.faults = faults;
    this.receiver = receiver;
    this.lastArrival = new long[nodes][nodes];
  }

  void send(int from, int to, Message message) {
    encode(message);
    world.trace(TraceHash.mix(lastSum, from * 64L + to));
    if (faults.cut(from, to) || random.chance(faults.loss())) {
      world.observer().lost(from, to, message, faults.cut(from, to) ? "cut" : "loss");
      return;
    }
    deliver(from, to, message, delay(from, to));
    if (random.chance(faults.duplication())) {
      long again = random.nextBoolean() ? World.MILLI : faults.late();
      deliverCopy(from, to, random.exponential(again));
    }
  }

  private void encode(Message message) {
    if (message != lastMessage) {
      ByteBuffer encoded = codec.encode(message);
      lastBytes = new byte[encoded.remaining()];
      encoded.get(lastBytes);
      lastMessage = message;
      crc.reset();
      crc.update(lastBytes);
      lastSum = crc.getValue();
    }
  }

  private long delay(int from, int to) {
    long delay = FASTEST + random.exponential(faults.meanDelay(from, to));
    if (random.chance(faults.reordering())) {
      return delay + random.exponential(faults.reorderDelay());
    }
    long arrival = Math.max(world.now() + delay, lastArrival[from][to] + 1);
    lastArrival[from][to] = arrival;
    return arrival - world.now();
  }

  private void deliverCopy(int from, int to, long delay) {
    byte[] bytes = lastBytes;
    world.after(delay, () -> {
      if (faults.lateCopies() && !faults.cut(from, to)) {
        receiver.arrived(from, to, bytes);
      }
    });
  }

  private void deliver(int from, int to, Message message, long delay) {
    byte[] bytes = lastBytes;
    world.after(delay, () -> {
      if (faults.cut(from, to)) {
        world.observer().lost(from, to, message, "cut");
      } else {
        receiver.arrived(from, to, bytes);
      }
    });
  }

  Message decode(byte[] bytes) {
    try {
      return codec.decode(ByteBuffer.wrap(bytes));
    } catch (MessageCodec.MalformedException e) {
      throw new IllegalStateException("the codec does not read what it wrote", e);
    }
  }
}

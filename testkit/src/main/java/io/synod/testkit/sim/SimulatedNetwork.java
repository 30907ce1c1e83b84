package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.transport.MessageCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
  private final HeldCopies copies;
  private final long[][] lastArrival;
  private final CRC32C crc = new CRC32C();
  private Message lastMessage;
  private byte[] lastBytes;
  private long lastSum;
  private long longestDelay;
  private boolean healed;

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
    this.copies = new HeldCopies(world.stream("copies"), faults, this::deliverCopy);
    this.lastArrival = new long[nodes][nodes];
  }

  void send(int from, int to, Message message) {
    byte[] bytes = encode(message);
    world.trace(TraceHash.mix(lastSum, from * 64L + to));
    if (faults.keepsCopies()) {
      copies.sent(from, to, message, bytes);
    }
    if (faults.cut(from, to) || faults.loses(random)) {
      world.observer().lost(from, to, message, faults.cut(from, to) ? "cut" : "loss");
      return;
    }
    long delay = delay(from, to);
    longestDelay = Math.max(longestDelay, delay);
    deliver(from, to, message, delay);
    long copy = faults.copyDelay(random);
    if (copy >= 0) {
      deliverCopy(from, to, bytes, copy);
    }
  }

  /**
   * The faults of links have ended: each is like a new connection, so that what still creeps along
   * an old one holds nothing up.
   */
  void heal() {
    healed = true;
    for (long[] row : lastArrival) {
      Arrays.fill(row, 0);
    }
  }

  /** A receiver has started again: what is kept for it may come. */
  void restarted(int node) {
    if (faults.keepsCopies()) {
      copies.restarted(node);
    }
  }

  /** The longest delay of a message sent since the last call. */
  long takeLongestDelay() {
    long longest = longestDelay;
    longestDelay = 0;
    return longest;
  }

  private byte[] encode(Message message) {
    if (message != lastMessage) {
      ByteBuffer encoded = codec.encode(message);
      lastBytes = new byte[encoded.remaining()];
      encoded.get(lastBytes);
      lastMessage = message;
      crc.reset();
      crc.update(lastBytes);
      lastSum = crc.getValue();
    }
    return lastBytes;
  }

  private long delay(int from, int to) {
    long delay = FASTEST + faults.delay(random, from, to);
    long overtaken = faults.overtaken(random);
    if (overtaken >= 0) {
      return delay + overtaken;
    }
    long arrival = Math.max(world.now() + delay, lastArrival[from][to] + 1);
    lastArrival[from][to] = arrival;
    return arrival - world.now();
  }

  private void deliverCopy(int from, int to, byte[] bytes, long delay) {
    world.after(delay, () -> {
      if (faults.lateCopies() && !faults.cut(from, to)) {
        receiver.arrived(from, to, bytes);
      }
    });
  }

  private void deliver(int from, int to, Message message, long delay) {
    byte[] bytes = lastBytes;
    boolean creeps = !healed;
    world.after(delay, () -> {
      if (faults.cut(from, to)) {
        world.observer().lost(from, to, message, "cut");
      } else if (creeps && !faults.lateCopies()) {
        world.observer().lost(from, to, message, "late");
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

package io.synod.testkit.sim;

import java.util.function.IntConsumer;

/**
 * The worst that may happen to a lease: whoever holds it has the slowest clock and is cut off from
 * all others, whose clocks are the fastest; clients still ask it. Answers to it are slow, so that
 * it hears late of what was granted early.
 */
final class LeaseFaults implements FaultFamily {
  private static final long PACE = 3 * World.SECOND;
  private static final long DELAY = 100 * World.MILLI;
  private static final long READS = 8 * World.MILLI;

  private final Chaos chaos;
  private final SeededRandom random;
  private final SeededRandom reads;
  private final NetworkFaults network;
  private final double drift;
  private final IntConsumer leaseRead;

  /** Clocks go wrong by {@code percent}; {@code leaseRead} has a client read at a node. */
  LeaseFaults(Chaos chaos, NetworkFaults network, int percent, IntConsumer leaseRead) {
    this.chaos = chaos;
    this.random = chaos.random();
    this.reads = chaos.world().stream("reads under leases");
    this.network = network;
    this.drift = percent / 100.0;
    this.leaseRead = leaseRead;
  }

  @Override
  public void start(FaultKind kind) {
    if (kind == FaultKind.LEASE_CUT) {
      chaos.every(PACE, () -> chaos.nodes().stream()
          .filter(SimulatedNode::leading).findFirst().ifPresent(this::begin));
    }
  }

  /** Clocks drift apart and answers get slow; then it gets no request out, at last no answer. */
  private void begin(SimulatedNode holder) {
    chaos.count(FaultKind.LEASE_CUT);
    holder.clock().jumpWall(random.nextLong(-3_600_000, 3_600_000));
    long delay = random.exponential(DELAY);
    LinkSet out = new LinkSet();
    LinkSet back = new LinkSet();
    for (SimulatedNode other : chaos.nodes()) {
      other.clock().rate(other == holder ? 1 - drift : 1 + drift);
      out.add(holder.index(), other.index());
      back.add(other.index(), holder.index());
    }
    slowed(back, delay);
    long cut = 500 * World.MILLI + random.nextLong(World.SECOND);
    long over = cut + World.SECOND + random.nextLong(2 * World.SECOND);
    chaos.later(cut, () -> network.cut(out));
    chaos.later(cut + random.nextLong(2 * delay + 1), () -> network.cut(back));
    chaos.later(over, () -> end(out, back));
    readUntil(chaos.world().now() + over, holder);
  }

  private void end(LinkSet out, LinkSet back) {
    network.join(out);
    network.join(back);
    slowed(back, 0);
    chaos.nodes().forEach(node -> node.clock().rate(1.0));
  }

  private void slowed(LinkSet links, long delay) {
    links.links().forEach(link -> network.slow(link.from(), link.to(), delay));
  }

  private void readUntil(long end, SimulatedNode holder) {
    if (chaos.world().now() < end) {
      if (holder.leading()) {
        leaseRead.accept(holder.index());
      }
      chaos.later(reads.exponential(READS), () -> readUntil(end, holder));
    }
  }
}

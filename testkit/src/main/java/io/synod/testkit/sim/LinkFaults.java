package io.synod.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happens to links: slow, flapping, and cut in one of many patterns. */
final class LinkFaults implements FaultFamily {
  private static final PartitionPattern[] PLAIN = {
    PartitionPattern.HALVES, PartitionPattern.ISOLATED, PartitionPattern.BRIDGE};
  private static final long LASTS = 2 * World.SECOND;
  /** About the default election time-out. */
  private static final long FLAP = 300 * World.MILLI;

  private final Chaos chaos;
  private final NetworkFaults network;
  private final SeededRandom random;
  private long partitions;

  LinkFaults(Chaos chaos, NetworkFaults network) {
    this.chaos = chaos;
    this.network = network;
    this.random = chaos.random();
  }

  /** How often links were cut. */
  long partitions() {
    return partitions;
  }

  @Override
  public void start(FaultKind kind) {
    switch (kind) {
      case SLOW_LINKS -> chaos.every(3 * World.SECOND, this::slowLink);
      case PARTITION -> chaos.every(4 * World.SECOND, this::partition);
      case ONE_WAY -> chaos.every(4 * World.SECOND, this::oneWay);
      case QUORUM_LOSS -> chaos.every(5 * World.SECOND, this::quorumLoss);
      case CONSTRAINED_ELECTION -> chaos.every(5 * World.SECOND, this::constrainedElection);
      case CHAINED -> chaos.every(5 * World.SECOND, this::chained);
      case SWIZZLE -> chaos.every(5 * World.SECOND, this::swizzle);
      case FLAPPING -> chaos.every(5 * World.SECOND, this::flapping);
      default -> { }
    }
  }

  private void slowLink() {
    chaos.count(FaultKind.SLOW_LINKS);
    int from = chaos.anyIndex();
    int to = chaos.anyIndex();
    network.slow(from, to, random.exponential(50 * World.MILLI));
    chaos.later(random.exponential(LASTS), () -> network.slow(from, to, 0));
  }

  private void partition() {
    int pivot = chaos.anyIndex();
    cut(FaultKind.PARTITION, PLAIN[random.nextInt(PLAIN.length)].links(pivot, chaos.size()));
  }

  private void oneWay() {
    int pivot = chaos.anyIndex();
    boolean deaf = random.nextBoolean();
    boolean all = random.nextBoolean();
    int only = chaos.anyIndex();
    LinkSet links = new LinkSet();
    for (int i = 0; i < chaos.size(); i++) {
      if (all || i == only) {
        links.add(deaf ? i : pivot, deaf ? pivot : i);
      }
    }
    cut(FaultKind.ONE_WAY, links);
  }

  private void cut(FaultKind kind, LinkSet links) {
    chaos.count(kind);
    partitions++;
    network.cut(links);
    chaos.later(random.exponential(LASTS), () -> network.join(links));
  }

  private void quorumLoss() {
    aimed(FaultKind.QUORUM_LOSS, PartitionPattern.QUORUM_LOSS, chaos.leaderIndex());
  }

  private void chained() {
    aimed(FaultKind.CHAINED, PartitionPattern.CHAINED, chaos.leaderIndex());
  }

  private void aimed(FaultKind kind, PartitionPattern pattern, int leader) {
    cut(kind, pattern.links(leader, chaos.size()));
  }

  /** First the hub alone loses the leader, so that it lacks the newest entries. */
  private void constrainedElection() {
    int leader = chaos.leaderIndex();
    LinkSet lagging = new LinkSet();
    lagging.add(leader, PartitionPattern.hub(leader, chaos.size()));
    network.cut(lagging);
    chaos.later(random.exponential(100 * World.MILLI), () -> {
      network.join(lagging);
      aimed(FaultKind.CONSTRAINED_ELECTION, PartitionPattern.CONSTRAINED_ELECTION, leader);
    });
  }

  private void swizzle() {
    chaos.count(FaultKind.SWIZZLE);
    partitions++;
    List<LinkSet> links = new ArrayList<>();
    int victims = 1 + random.nextInt((chaos.size() + 1) / 2);
    int first = chaos.anyIndex();
    for (int v = 0; v < victims; v++) {
      for (int other = 0; other < chaos.size(); other++) {
        links.add(new LinkSet().addBoth((first + v) % chaos.size(), other));
      }
    }
    long allCut = oneByOne(shuffled(links), 0, network::cut);
    oneByOne(shuffled(links), allCut, network::join);
  }

  /** Returns when the last one comes. */
  private long oneByOne(List<LinkSet> links, long from, Consumer<LinkSet> act) {
    long at = from;
    for (LinkSet link : links) {
      at += random.exponential(100 * World.MILLI);
      chaos.later(at, () -> act.accept(link));
    }
    return at;
  }

  private List<LinkSet> shuffled(List<LinkSet> links) {
    List<LinkSet> rest = new ArrayList<>(links);
    List<LinkSet> shuffled = new ArrayList<>();
    while (!rest.isEmpty()) {
      shuffled.add(rest.remove(random.nextInt(rest.size())));
    }
    return shuffled;
  }

  private void flapping() {
    chaos.count(FaultKind.FLAPPING);
    LinkSet link = new LinkSet().addBoth(chaos.leaderIndex(), chaos.anyIndex());
    flap(link, 2 + random.nextInt(10));
  }

  private void flap(LinkSet link, int left) {
    network.cut(link);
    chaos.later(flapNanos(), () -> {
      network.join(link);
      if (left > 0) {
        chaos.later(flapNanos(), () -> flap(link, left - 1));
      }
    });
  }

  private long flapNanos() {
    return FLAP / 2 + random.nextLong(FLAP);
  }
}

package io.synod.testkit.sim;

import java.util.Arrays;

/** What is wrong with the network at the moment. Several faults may cut the same link. */
final class NetworkFaults {
  private static final long LATE = 3 * World.SECOND;
  private static final long OVERTAKEN = 10 * World.MILLI;

  private final int nodes;
  private final FaultCounts counts;
  private final int[][] cuts;
  private final long[][] meanDelay;
  private DelayShape shape = DelayShape.EXPONENTIAL;
  private long usualDelay = 200_000;
  private int burst = 1;
  private double loss;
  private double duplication;
  private double reordering;
  private double stale;
  private double held;
  private boolean lateCopies = true;

  NetworkFaults(int nodes) {
    this(nodes, new FaultCounts());
  }

  NetworkFaults(int nodes, FaultCounts counts) {
    this.nodes = nodes;
    this.counts = counts;
    this.cuts = new int[nodes][nodes];
    this.meanDelay = new long[nodes][nodes];
    usual(usualDelay);
  }

  int nodes() {
    return nodes;
  }

  FaultCounts counts() {
    return counts;
  }

  /** The mean delay of a healthy link. */
  void usual(long delay) {
    usualDelay = delay;
    for (long[] row : meanDelay) {
      Arrays.fill(row, delay);
    }
  }

  void slow(int from, int to, long delay) {
    meanDelay[from][to] = usualDelay + delay;
  }

  void shape(DelayShape newShape) {
    shape = newShape;
  }

  /** All delays are so many times as long. */
  void burst(int factor) {
    burst = factor;
  }

  /** Draws how long the next message takes. */
  long delay(SeededRandom random, int from, int to) {
    return burst * shape.draw(random, meanDelay[from][to]);
  }

  void loss(double chance) {
    loss = chance;
  }

  void duplication(double chance) {
    duplication = chance;
  }

  void reordering(double chance) {
    reordering = chance;
  }

  /** How often a copy of an acceptor's answer is kept until a later ballot. */
  void stale(double chance) {
    stale = chance;
  }

  double stale() {
    return stale;
  }

  /** How often a copy of a message is kept until its receiver restarts. */
  void held(double chance) {
    held = chance;
  }

  double held() {
    return held;
  }

  /** Whether copies are to be kept at all. */
  boolean keepsCopies() {
    return stale > 0 || held > 0;
  }

  /** Whether the next message is lost. */
  boolean loses(SeededRandom random) {
    return happens(FaultKind.LOSS, loss, random);
  }

  /** The delay of a second copy of the next message; negative when there is none. */
  long copyDelay(SeededRandom random) {
    if (!happens(FaultKind.DUPLICATION, duplication, random)) {
      return -1;
    }
    return random.exponential(random.nextBoolean() ? World.MILLI : LATE);
  }

  /** By how much the next message is late and may be overtaken; negative when it keeps order. */
  long overtaken(SeededRandom random) {
    return happens(FaultKind.REORDERING, reordering, random)
        ? random.exponential(OVERTAKEN) : -1;
  }

  private boolean happens(FaultKind kind, double chance, SeededRandom random) {
    if (!random.chance(chance)) {
      return false;
    }
    counts.add(kind);
    return true;
  }

  /** Whether late copies still arrive. */
  boolean lateCopies() {
    return lateCopies;
  }

  /** What earlier faults held back never arrives. */
  void calm() {
    lateCopies = false;
  }

  boolean cut(int from, int to) {
    return cuts[from][to] > 0;
  }

  /** Cuts one direction of a link. */
  void cutLink(int from, int to) {
    if (from != to) {
      cuts[from][to]++;
    }
  }

  /** Cuts both directions. */
  void cutBoth(int a, int b) {
    cutLink(a, b);
    cutLink(b, a);
  }

  void cut(LinkSet set) {
    set.links().forEach(link -> cutLink(link.from(), link.to()));
  }

  /** Takes back one cut of that direction. */
  void joinLink(int from, int to) {
    if (cuts[from][to] > 0) {
      cuts[from][to]--;
    }
  }

  void join(LinkSet set) {
    set.links().forEach(link -> joinLink(link.from(), link.to()));
  }

  /** Everything is well again, and all links are as fast as usual. */
  void heal() {
    for (int[] row : cuts) {
      Arrays.fill(row, 0);
    }
    usual(usualDelay);
    shape = DelayShape.EXPONENTIAL;
    burst = 1;
    loss = 0;
    duplication = 0;
    reordering = 0;
    stale = 0;
    held = 0;
  }
}

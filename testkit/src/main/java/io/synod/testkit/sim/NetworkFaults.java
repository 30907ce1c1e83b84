package io.synod.testkit.sim;

import java.util.Arrays;

/** What is wrong with the network at the moment. */
final class NetworkFaults {
  private final int nodes;
  private final boolean[][] cut;
  private final long[][] meanDelay;
  private long usualDelay = 200_000;
  private double loss;
  private double duplication;
  private boolean lateCopies = true;
  private double reordering;

  NetworkFaults(int nodes) {
    this.nodes = nodes;
    this.cut = new boolean[nodes][nodes];
    this.meanDelay = new long[nodes][nodes];
    usual(usualDelay);
  }

  int nodes() {
    return nodes;
  }

  /** The mean delay of a healthy link. */
  void usual(long delay) {
    usualDelay = delay;
    for (long[] row : meanDelay) {
      Arrays.fill(row, delay);
    }
  }

  void slow(int from, int to, long delay) {
    meanDelay[from][to] = delay;
  }

  long meanDelay(int from, int to) {
    return meanDelay[from][to];
  }

  void loss(double chance) {
    loss = chance;
  }

  double loss() {
    return loss;
  }

  void duplication(double chance) {
    duplication = chance;
  }

  double duplication() {
    return duplication;
  }

  /** The mean delay of a late copy. */
  long late() {
    return 3 * World.SECOND;
  }

  /** Whether late copies still arrive. */
  boolean lateCopies() {
    return lateCopies;
  }

  /** What earlier faults held back never arrives. */
  void calm() {
    lateCopies = false;
  }

  void reordering(double chance) {
    reordering = chance;
  }

  double reordering() {
    return reordering;
  }

  long reorderDelay() {
    return 10 * World.MILLI;
  }

  boolean cut(int from, int to) {
    return cut[from][to];
  }

  /** Cuts one direction of a link. */
  void cutLink(int from, int to) {
    cut[from][to] = from != to;
  }

  /** Cuts both directions. */
  void cutBoth(int a, int b) {
    cutLink(a, b);
    cutLink(b, a);
  }

  void reconnect() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
  }

  void heal() {
    reconnect();
    usual(usualDelay);
    loss = 0;
    duplication = 0;
    reordering = 0;
  }
}

package io.synod.election.omega;

/** How long the silence of one peer is borne: longer after each mistake, shorter after a calm. */
final class Patience {
  private final long least;
  private final long step;
  private final long cap;
  private final long calm;
  private long nanos;
  private long healthyFor;

  /**
   * Starts with the time-out lengthened by up to a tenth.
   *
   * @param jitter from 0 to 1. Peers that fall silent together, as behind one broken switch, are
   *     then not all dropped in the same instant, nor one peer by all others at once.
   */
  Patience(Tuning tuning, double jitter) {
    this.cap = tuning.cap();
    this.least = Math.min(cap, tuning.timeout() + (long) (jitter * tuning.timeout() / 10));
    this.step = Math.max(1, tuning.timeout() / 2);
    this.calm = tuning.calm();
    this.nanos = least;
  }

  long nanos() {
    return nanos;
  }

  /** The peer came back after {@code silence}: if more patience would have helped, have more. */
  void wasTooShort(long silence) {
    healthyFor = 0;
    if (silence < cap) {
      nanos = Math.min(cap, nanos + step);
    }
  }

  /** The peer was trusted for another while. */
  void healthy(long elapsed) {
    healthyFor += elapsed;
    if (healthyFor >= calm) {
      healthyFor = 0;
      nanos = Math.max(least, nanos - step);
    }
  }
}

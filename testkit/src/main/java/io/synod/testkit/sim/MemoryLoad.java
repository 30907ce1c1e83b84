package io.synod.testkit.sim;

/**
 * What clients of atomic registers ask.
 *
 * @param thinkNanos how long each thinks after an answer, on average
 * @param writer the only node that is asked to write; -1: all are
 */
record MemoryLoad(int clients, long thinkNanos, int registers, double reads, int writer) {
  /** Draws contention, and how much is read. */
  static MemoryLoad drawn(SimulationOptions options, int writer, SeededRandom random) {
    long think = options.thinkNanos / 2 + random.nextLong(options.thinkNanos);
    return new MemoryLoad(
        options.clients, 1 + think / (1L << random.nextInt(5)),
        1 + random.nextInt(4), 0.2 + random.nextDouble(0.7), writer);
  }
}

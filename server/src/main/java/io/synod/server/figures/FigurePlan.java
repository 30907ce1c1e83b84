package io.synod.server.figures;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is to be measured, and how thoroughly.
 *
 * @param seconds of load for each point
 * @param rates broadcasts per second and process offered for figure 25, rising
 * @param messages numbers of messages retrieved for figure 27, rising
 * @param directory for the files of the nodes
 */
record FigurePlan(
    List<Integer> processes, double seconds, List<Integer> rates, List<Integer> messages,
    Path directory) {
  /** As in the paper. */
  static final int PAYLOAD = 1 << 10;
  /** A pause of the machine spoils one of them. */
  static final int STRETCHES = 3;

  FigurePlan {
    processes = processes.stream().sorted().distinct().toList();
    rates = rates.stream().sorted().distinct().toList();
    messages = messages.stream().sorted().distinct().toList();
  }

  /** What runs for so long, some times over, gives one point: the median. */
  long stretchMillis() {
    return Math.max(1, Math.round(seconds * TimeUnit.SECONDS.toMillis(1) / STRETCHES));
  }

  /** How long the load runs before it is measured. */
  long warmUpMillis() {
    return Math.round(seconds * TimeUnit.SECONDS.toMillis(1) / 2);
  }
}

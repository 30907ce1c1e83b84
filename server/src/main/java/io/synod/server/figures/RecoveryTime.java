package io.synod.server.figures;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Figure 27: the time that a process takes to recover, by the messages that it retrieves. */
final class RecoveryTime implements Figure {
  private static final int PROCESSES = 3;

  @Override
  public int number() {
    return 27;
  }

  @Override
  public List<Plot> measure(Lab lab) throws IOException, InterruptedException {
    TreeMap<Integer, Double> measured = new TreeMap<>();
    try (Trial trial = lab.start(Setup.fast(PROCESSES).withoutSnapshots())) {
      trial.fill(1);
      trial.recoveryMillis(); // the first restarts also compile
      for (int messages : lab.plan().messages()) {
        lab.show(number(), "delivering " + messages + " messages");
        trial.fill(messages);
        lab.show(number(), "retrieving " + messages + " messages");
        measured.put(messages, trial.recoveryMillis());
      }
    }
    return List.of(plot(Curve.of("recovery", measured)));
  }

  static Plot plot(Curve recovery) {
    return new Plot("27", "recovery time by messages retrieved",
        new Plot.Axes("messages retrieved", "ms", false), List.of(recovery), shape(recovery));
  }

  private static String shape(Curve recovery) {
    if (recovery.isOnePoint()) {
      return "With " + Shape.number(recovery.first().x()) + " messages to retrieve a process is"
          + " back after " + Shape.number(recovery.first().y()) + " ms.";
    }
    double growth = recovery.last().y() - recovery.first().y();
    double thousands = (recovery.last().x() - recovery.first().x()) / 1_000;
    return "F" + Shape.span(recovery, "messages retrieved").substring(1) + " recovery goes from "
        + Shape.number(recovery.first().y()) + " to " + Shape.number(recovery.last().y()) + " ms, "
        + Shape.times(growth / thousands) + " ms more for each thousand"
        + Shape.paper("it grows with the number of messages retrieved", growth > 0) + ".";
  }
}

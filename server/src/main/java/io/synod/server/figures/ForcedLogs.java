package io.synod.server.figures;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Figure 26: forced logs against none, for batches at once and for one message at a time. */
final class ForcedLogs implements Figure {
  /** The paper gives no number: less than half as much again. */
  private static final double MINIMAL = 1.5;
  private static final Plot.Axes AXES = new Plot.Axes("processes", "messages/s", false);

  @Override
  public int number() {
    return 26;
  }

  @Override
  public List<Plot> measure(Lab lab) throws IOException, InterruptedException {
    TreeMap<Integer, Double> batched = new TreeMap<>();
    TreeMap<Integer, Double> batchedWithout = new TreeMap<>();
    TreeMap<Integer, Double> single = new TreeMap<>();
    TreeMap<Integer, Double> singleWithout = new TreeMap<>();
    for (int n : lab.plan().processes()) {
      Setup fast = Setup.fast(n);
      Setup perMessage = fast.consecutive().perMessage();
      lab.show(number(), n + " processes, batches");
      batched.put(n, lab.throughput(fast));
      batchedWithout.put(n, lab.throughput(fast.withoutForcedLogs()));
      lab.show(number(), n + " processes, an instance per message");
      single.put(n, lab.throughput(perMessage));
      singleWithout.put(n, lab.throughput(perMessage.withoutForcedLogs()));
    }
    return List.of(
        batches(Curve.of("forced", batched), Curve.of("none", batchedWithout)),
        perMessage(Curve.of("forced", single), Curve.of("none", singleWithout),
            gain(Curve.of("forced", batched), Curve.of("none", batchedWithout))));
  }

  static Plot batches(Curve forced, Curve none) {
    double gain = gain(forced, none);
    return new Plot("26a", "forced logs against none, an instance per batch", AXES,
        List.of(forced, none), "Without forced logs " + Shape.times(gain) + " times as much is"
        + " delivered on average when instances hold batches"
        + Shape.paper("the gain is minimal", gain < MINIMAL) + ".");
  }

  static Plot perMessage(Curve forced, Curve none, double gainOfBatches) {
    double gain = gain(forced, none);
    return new Plot("26b", "forced logs against none, one instance per message in turn", AXES,
        List.of(forced, none), "Without forced logs " + Shape.times(gain) + " times as much is"
        + " delivered on average when each message has an instance of its own, one after the"
        + " other" + Shape.paper("forced logs cost far more than with batches",
            gain > gainOfBatches) + ".");
  }

  /** How much more is delivered without, on average. */
  private static double gain(Curve forced, Curve none) {
    return none.mean() / forced.mean();
  }
}

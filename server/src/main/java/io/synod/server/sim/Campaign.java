package io.synod.server.sim;

import io.synod.server.cli.Progress;
import io.synod.testkit.sim.Simulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * All seeds of some variants on all cores. Results are taken in the order of variants and seeds,
 * so that the same seeds give the same totals, also where the first failure ends it.
 */
final class Campaign {
  private static final long LOOK_MILLIS = 200;

  private final List<Simulation> variants;
  private final SeedRange seeds;
  private final boolean keepGoing;
  private final Totals totals = new Totals();
  private final Deque<Future<Finished>> underWay = new ArrayDeque<>();
  private final long began = System.nanoTime();

  Campaign(List<Simulation> variants, SeedRange seeds, boolean keepGoing) {
    this.variants = variants;
    this.seeds = seeds;
    this.keepGoing = keepGoing;
  }

  /** Runs until all seeds are done, one has failed or an interruption asks to stop. */
  Totals run(Progress progress, Interruption interruption) throws InterruptedException {
    long all = variants.size() * seeds.size();
    int workers = (int) Math.min(all, Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      Iterator<Simulation> next = simulations().iterator();
      while (!interruption.requested() && (next.hasNext() || !underWay.isEmpty())) {
        while (next.hasNext() && underWay.size() < 4 * workers) {
          Simulation one = next.next();
          underWay.add(pool.submit(() -> Finished.running(one)));
        }
        take();
        progress.show(progress(all));
        if (totals.violations() > 0 && !keepGoing) {
          break;
        }
      }
      totals.took((System.nanoTime() - began) / 1e9);
      return totals;
    } finally {
      pool.shutdownNow();
    }
  }

  private Stream<Simulation> simulations() {
    return variants.stream().flatMap(variant ->
        LongStream.rangeClosed(seeds.first(), seeds.last()).mapToObj(variant::seed));
  }

  /** The next result in order, if there is one soon. */
  private void take() throws InterruptedException {
    try {
      totals.add(underWay.element().get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
      underWay.remove();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the simulator failed by itself", e.getCause());
    } catch (TimeoutException e) {
      // Not yet: the caller looks whether it is to stop.
      return;
    }
  }

  private String progress(long all) {
    double minutes = (System.nanoTime() - began) / 60e9;
    long done = totals.seeds();
    String left = done == 0 ? "" : ", about " + time(minutes * (all - done) / done)
        + " left";
    return done + " of " + all + " seeds, " + Math.round(done / minutes) + " seeds/min, "
        + totals.violations() + " violations" + left;
  }

  private static String time(double minutes) {
    long seconds = Math.round(minutes * 60);
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }
}

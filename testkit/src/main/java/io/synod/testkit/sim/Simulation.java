package io.synod.testkit.sim;

import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a whole cluster of one variant under faults drawn from a seed, then heals it and demands
 * that everything is answered and all replicas agree. Immutable; a run uses only the calling
 * thread and shares nothing with other runs.
 *
 * <pre>{@code
 * SimulationReport report = Simulation.of(new Variants().fall()).seed(7).run();
 * }</pre>
 */
public final class Simulation {
  private final Options options;

  private Simulation(Options options) {
    this.options = options;
  }

  /** All settings of a run. */
  record Options(
      Function<Variant, NodeProcess.Factory> processes, Variant variant, long seed, int nodes,
      double seconds,
      Set<FaultKind> faults, int clients, long thinkNanos, Supplier<MessageCodec> codec,
      List<Observer> observers) {
    Options with(long otherSeed) {
      return new Options(
          processes, variant, otherSeed, nodes, seconds, faults, clients, thinkNanos, codec,
          observers);
    }
  }

  /** A run of that variant with all faults allowed and a size drawn from the seed. */
  public static Simulation of(Variant variant) {
    return of(variant, CoreProcess::factory, KryoCodec::new);
  }

  /** With other processes and codec: for tests of the simulator itself. */
  static Simulation of(
      Variant variant, Function<Variant, NodeProcess.Factory> processes,
      Supplier<MessageCodec> codec) {
    return new Simulation(new Options(
        processes, Objects.requireNonNull(variant, "variant"), 1, 0, 10,
        EnumSet.allOf(FaultKind.class), 3, 20 * World.MILLI, codec, List.of()));
  }

  /** The seed that everything is drawn from. */
  public Simulation seed(long seed) {
    return new Simulation(options.with(seed));
  }

  /** How many nodes, 1 to 9; 0 draws 3 or 5 from the seed. */
  public Simulation nodes(int nodes) {
    if (nodes < 0 || nodes > 9) {
      throw new IllegalArgumentException("a simulation has 1 to 9 nodes, not " + nodes);
    }
    return new Simulation(new Options(
        options.processes, options.variant, options.seed, nodes, options.seconds, options.faults,
        options.clients, options.thinkNanos, options.codec, options.observers));
  }

  /** How long faults go on, in simulated seconds. */
  public Simulation seconds(double seconds) {
    if (!(seconds > 0 && seconds <= 1e6)) {
      throw new IllegalArgumentException("a simulation lasts 0 to 1000000 s, not " + seconds);
    }
    return new Simulation(new Options(
        options.processes, options.variant, options.seed, options.nodes, seconds, options.faults,
        options.clients, options.thinkNanos, options.codec, options.observers));
  }

  /** Which kinds of faults the seed may turn on. */
  public Simulation faults(Set<FaultKind> faults) {
    Set<FaultKind> copy = EnumSet.noneOf(FaultKind.class);
    copy.addAll(faults);
    return new Simulation(new Options(
        options.processes, options.variant, options.seed, options.nodes, options.seconds, copy,
        options.clients, options.thinkNanos, options.codec, options.observers));
  }

  /** How many clients there are, and how long each thinks between two requests on average. */
  public Simulation load(int clients, double thinkMillis) {
    return new Simulation(new Options(
        options.processes, options.variant, options.seed, options.nodes, options.seconds,
        options.faults, clients, (long) (thinkMillis * World.MILLI), options.codec,
        options.observers));
  }

  /** One more observer, told after the oracles; it must not be shared with another run. */
  public Simulation observe(Observer observer) {
    List<Observer> more = new ArrayList<>(options.observers);
    more.add(observer);
    return new Simulation(new Options(
        options.processes, options.variant, options.seed, options.nodes, options.seconds,
        options.faults, options.clients, options.thinkNanos, options.codec, more));
  }

  /** Runs to the end or to the first violation, on this thread. */
  public SimulationReport run() {
    return new SimulationRun(options).run();
  }
}

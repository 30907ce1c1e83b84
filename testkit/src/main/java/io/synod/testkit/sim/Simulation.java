package io.synod.testkit.sim;

import io.synod.api.transport.MessageCodec;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.trace.TraceEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
  private final SimulationOptions options;

  private Simulation(SimulationOptions options) {
    this.options = options;
  }

  /** A run of that variant with all faults allowed and a size drawn from the seed. */
  public static Simulation of(Variant variant) {
    return new Simulation(new SimulationOptions(Objects.requireNonNull(variant, "variant")));
  }

  /** With other processes and codec: for tests of the simulator itself. */
  static Simulation of(
      Variant variant, Function<Variant, NodeProcess.Factory> processes,
      Supplier<MessageCodec> codec) {
    return of(variant).with(o -> {
      o.processes = processes;
      o.codec = codec;
    });
  }

  private Simulation with(Consumer<SimulationOptions> change) {
    return new Simulation(options.with(change));
  }

  /** The seed that everything is drawn from. */
  public Simulation seed(long seed) {
    return with(o -> o.seed = seed);
  }

  /** How many nodes, 1 to 9; 0 draws 3 or 5 from the seed. */
  public Simulation nodes(int nodes) {
    if (nodes < 0 || nodes > 9) {
      throw new IllegalArgumentException("a simulation has 1 to 9 nodes, not " + nodes);
    }
    return with(o -> o.nodes = nodes);
  }

  /** How long faults go on, in simulated seconds. */
  public Simulation seconds(double seconds) {
    if (!(seconds > 0 && seconds <= 1e6)) {
      throw new IllegalArgumentException("a simulation lasts 0 to 1000000 s, not " + seconds);
    }
    return with(o -> o.seconds = seconds);
  }

  /** Whether members change during the run; nodes that are no members at first join in. */
  public Simulation reconfigure(boolean reconfigure) {
    return with(o -> o.reconfigure = reconfigure);
  }

  /** Which kinds of faults the seed may turn on. */
  public Simulation faults(Set<FaultKind> faults) {
    Set<FaultKind> copy = EnumSet.noneOf(FaultKind.class);
    copy.addAll(faults);
    return with(o -> o.faults = copy);
  }

  /**
   * Leaves out all faults that come at moments but these, named as {@link
   * SimulationReport#injected} names them; kinds with a rate, such as loss, stay as they are.
   */
  public Simulation onlyFaults(Set<String> names) {
    return with(o -> o.onlyFaults = Set.copyOf(names));
  }

  /** How many clients there are, and how long each thinks between two requests on average. */
  public Simulation load(int clients, double thinkMillis) {
    if (clients < 0 || clients > 1000 || !(thinkMillis >= 0.001 && thinkMillis <= 1e6)) {
      throw new IllegalArgumentException(
          "a simulation has 0 to 1000 clients that think 0.001 to 1000000 ms, not " + clients
              + " that think " + thinkMillis + " ms");
    }
    return with(o -> {
      o.clients = clients;
      o.thinkNanos = (long) (thinkMillis * World.MILLI);
    });
  }

  /** Replicates something else than the simulator's own key-value machine. */
  Simulation application(Application application) {
    return with(o -> o.application = commandBytes -> application);
  }

  /**
   * Every node is put together from changed parts, as with a rule broken on purpose. Replaces an
   * earlier alteration.
   */
  public Simulation sabotage(Alteration alteration) {
    return with(o -> o.processes = variant -> CoreProcess.factory(variant, alteration));
  }

  /**
   * Instead of changes drawn from the seed, among seven nodes.
   *
   * @param restarts whether nodes that crash are started again before the faults end
   */
  Simulation script(Script script, boolean restarts) {
    return with(o -> {
      o.reconfigure = true;
      o.script = script;
      o.restarts = restarts;
    });
  }

  /** How large this run is and what may go wrong in it. */
  public Scenario scenario() {
    return new Scenario(
        options.nodes, options.seconds, options.faults, Optional.ofNullable(options.onlyFaults),
        options.clients, (double) options.thinkNanos / World.MILLI);
  }

  /** A run of another size, all else alike. */
  public Simulation scenario(Scenario other) {
    Simulation sized = nodes(other.nodes()).seconds(other.seconds()).faults(other.faults())
        .load(other.clients(), other.thinkMillis());
    return other.onlyFaults().map(sized::onlyFaults).orElse(sized);
  }

  /** One more observer, told after the oracles; it must not be shared with another run. */
  public Simulation observe(Observer observer) {
    List<Observer> more = new ArrayList<>(options.observers);
    more.add(observer);
    return with(o -> o.observers = List.copyOf(more));
  }

  /** Tells {@code sink} everything that happens, on the running thread. */
  public Simulation trace(Consumer<TraceEvent> sink) {
    return with(o -> o.trace = sink);
  }

  /** Runs to the end or to the first violation, on this thread. */
  public SimulationReport run() {
    return options.variant.sharesMemory()
        ? new MemoryRun(options).run() : new SimulationRun(options).run();
  }
}

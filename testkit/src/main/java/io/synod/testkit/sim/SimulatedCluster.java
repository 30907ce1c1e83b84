package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.testkit.oracle.Violation;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs your state machine on whole simulated clusters, under faults drawn from a seed, and checks
 * that every replica of it is right: see {@code docs/testing.md} for what is checked.
 *
 * <pre>{@code
 * @Test void survives() {
 *   SimulatedCluster.of(Bank::new)
 *       .commands(random -> Bank.transfer(random.nextInt(9), random.nextInt(9), 5))
 *       .queries(random -> Bank.balance(random.nextInt(9)))
 *       .variant("fall").seeds(1, 50).check();
 * }
 * }</pre>
 *
 * <p>Nothing but the generator that they are given may decide what commands and queries are, so
 * that a seed replays. A builder for one thread; {@link #check} blocks it until all is done.
 *
 * @param <M> your state machine
 */
public final class SimulatedCluster<M extends StateMachine> {
  private static final String SEED = "seed";

  private final Supplier<M> machine;
  private Supplier<? extends StateMachine> model;
  private Function<RandomGenerator, byte[]> commands;
  private Function<RandomGenerator, byte[]> queries;
  private Function<StateMachine, byte[]> state = SnapshotBytes::of;
  private String variant = "fall";
  private long first = 1;
  private long last = 50;
  private Function<Simulation, Simulation> options = simulation -> simulation;

  private SimulatedCluster(Supplier<M> machine) {
    this.machine = Objects.requireNonNull(machine, "machine");
    this.model = machine;
  }

  /** Of nodes that replicate what {@code machine} makes: a fresh instance at every call. */
  public static <M extends StateMachine> SimulatedCluster<M> of(Supplier<M> machine) {
    return new SimulatedCluster<>(machine);
  }

  /** Draws a command for a client to submit. Has to be given. */
  public SimulatedCluster<M> commands(Function<RandomGenerator, byte[]> commands) {
    this.commands = commands;
    return this;
  }

  /** Draws a query for a client to ask; without it the machine is never queried. */
  public SimulatedCluster<M> queries(Function<RandomGenerator, byte[]> queries) {
    this.queries = queries;
    return this;
  }

  /**
   * What the machine ought to do: a simpler machine that is given the log one command after the
   * other and must give the same results and answers. By default another instance of yours.
   */
  public SimulatedCluster<M> model(Supplier<? extends StateMachine> model) {
    this.model = Objects.requireNonNull(model, "model");
    return this;
  }

  /**
   * The state as bytes that are equal exactly where states are. By default what the snapshot
   * writes; needed only if equal states may be written in different ways.
   */
  @SuppressWarnings("unchecked") // Every instance comes from the supplier of M.
  public SimulatedCluster<M> state(Function<? super M, byte[]> state) {
    this.state = any -> state.apply((M) any);
    return this;
  }

  /** The variant that nodes run, one of {@link Variants#names}; "fall" by default. */
  public SimulatedCluster<M> variant(String variant) {
    this.variant = Objects.requireNonNull(variant, "variant");
    return this;
  }

  /** The seeds to run, both included; 1 to 50 by default, or the one of {@code -Dseed}. */
  public SimulatedCluster<M> seeds(long first, long last) {
    if (first > last) {
      throw new IllegalArgumentException("no seed lies from " + first + " to " + last);
    }
    this.first = first;
    this.last = last;
    return this;
  }

  /** How many nodes, 1 to 9; by default 3 or 5, drawn from the seed. */
  public SimulatedCluster<M> nodes(int nodes) {
    return option(simulation -> simulation.nodes(nodes));
  }

  /** How many simulated seconds faults go on; 10 by default. */
  public SimulatedCluster<M> seconds(double seconds) {
    return option(simulation -> simulation.seconds(seconds));
  }

  /** The faults that seeds may turn on; all by default. */
  public SimulatedCluster<M> faults(Set<FaultKind> faults) {
    return option(simulation -> simulation.faults(faults));
  }

  /** How many clients, and how long each thinks between requests on average; 3 and 20 ms. */
  public SimulatedCluster<M> load(int clients, double thinkMillis) {
    return option(simulation -> simulation.load(clients, thinkMillis));
  }

  private SimulatedCluster<M> option(Function<Simulation, Simulation> one) {
    // Applied here for nothing but to refuse a wrong value where it is given.
    Objects.requireNonNull(one.apply(Simulation.of(new Variants().fall())));
    options = options.andThen(one);
    return this;
  }

  /** Runs one seed and tells what it showed. */
  public SimulationReport run(long seed) {
    if (commands == null) {
      throw new IllegalStateException("say what clients submit: .commands(random -> ...)");
    }
    if (variant.equals(Variants.ABD)) {
      throw new IllegalArgumentException(
          "abd keeps registers and replicates no state machine; choose one of " + Variants.names());
    }
    Application application =
        new Application(machine, model, commands, queries, state, null);
    return options.apply(Simulation.of(new Variants().named(variant)))
        .application(application).seed(seed).run();
  }

  /**
   * Runs the seeds one after the other.
   *
   * @throws AssertionError at the first seed that violates a property: names it, the two facts
   *     that contradict each other, and how to run that seed alone
   */
  public void check() {
    Long only = Long.getLong(SEED);
    long to = only == null ? last : only;
    for (long seed = only == null ? first : only; seed <= to; seed++) {
      SimulationReport report = run(seed);
      if (report.firstViolation().isPresent()) {
        throw new AssertionError(message(report, report.firstViolation().get()));
      }
    }
  }

  private static String message(SimulationReport report, Violation violation) {
    return String.format(Locale.ROOT, "%s does not hold under variant %s with seed %d, at %d ms:%n"
            + "  %s%nbut%n  %s%nreplay: run this test with -D%s=%d (%d nodes, faults: %s)",
        violation.property(), report.variant(), report.seed(),
        violation.atNanos() / World.MILLI, violation.first(), violation.second(), SEED,
        report.seed(), report.nodes(), report.faults().stream().map(FaultKind::label).toList());
  }
}

package io.synod.testkit.sim;

import io.synod.api.membership.Seat;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Role;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import io.synod.election.omega.OmegaPlugin;
import io.synod.register.lease.LeaseSettings;
import io.synod.register.set.RegisterSettings;
import io.synod.testkit.oracle.BallotLedger;
import io.synod.testkit.oracle.Findings;
import io.synod.testkit.oracle.LeaderDecidesInTime;
import io.synod.testkit.oracle.MachineObserver;
import io.synod.testkit.oracle.MachineObservers;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Observers;
import io.synod.testkit.oracle.Oracles;
import io.synod.testkit.oracle.Violation;
import io.synod.testkit.trace.TraceRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One run: builds the world, lets faults rage, heals, demands answers and agreement. */
final class SimulationRun {
  private static final int MOST_MEMBERS = 7;
  private static final long CALM = 2 * World.SECOND;

  private final SimulationOptions options;
  private final World world;
  private final Variant variant;
  private final NodeProcess.Factory processes;
  private final BallotLedger ledger;
  private final Observer observer;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final NetworkFaults networkFaults;
  private final SimulatedNetwork network;
  private final FaultScheduler faults;
  private final Application application;
  private final MachineObserver machines;
  private final Workload workload;
  private final Reconfigurer reconfigurer;
  private final SimulatedMaster master;
  private final SimulatedPassives passives;

  SimulationRun(SimulationOptions options) {
    this.options = options;
    this.world = new World(options.seed);
    int founding = options.nodes > 0 ? options.nodes : size(options.variant, world.stream("size"));
    this.variant = settings(options, founding);
    int size = options.reconfigure ? Math.max(founding, MOST_MEMBERS) : founding;
    this.processes = options.processes.apply(variant);
    this.ledger = new BallotLedger(variant::quorums);
    Configuration founders = founders(founding);
    FaultCounts counts = new FaultCounts();
    this.networkFaults = new NetworkFaults(size, counts);
    this.observer = new Observers(observers(variant.quorums(founders)));
    this.application = options.application.apply(17 + world.stream("commands").nextInt(200));
    this.machines = MachineObservers.oracles(findings(), application.model());
    this.master = new SimulatedMaster(world, observer, !options.faults.isEmpty());
    this.passives = new SimulatedPassives(world, observer, counts, variant.passive());
    DiskFaults disks = new DiskFaults(counts);
    this.network = build(Assembly.ids(size), founders, disks);
    this.reconfigurer = new Reconfigurer(world, variant, nodes, founders);
    this.faults = new FaultScheduler(world, options, nodes, new FaultScheduler.Targets(
        networkFaults, disks, counts,
        new FaultAtlas(kept(founders, size), processes.stable()),
        variant.settings().get(LeaseSettings.DRIFT), this::leaseRead, passives));
    if (variant.countsCrashes()) {
      faults.atlas().votesAgain(reconfigurer::votes);
    }
    Set<FaultKind> on = faults.on();
    this.workload = new Workload(world, observer, nodes, application, new Workload.Load(
        options.clients, options.thinkNanos, on.contains(FaultKind.REPEATED_REQUESTS),
        !on.contains(FaultKind.CLOCK_BEYOND)));
  }

  /** The nodes that keep their votes always hold a read and a write quorum of this. */
  private QuorumSystem kept(Configuration founders, int size) {
    // The last main that is left while the others are away must not lose its store.
    boolean changes = options.reconfigure || variant.hasPassive();
    QuorumSystem quorums = variant.mayHaveOneLeft() ? new AllBut(Assembly.ids(size), 0)
        : changes ? new AllBut(Assembly.ids(size), 1) : variant.quorums(founders);
    return variant.election().indispensable(variant.settings())
        .<QuorumSystem>map(leader -> new AllWith(quorums, leader)).orElse(quorums);
  }

  private Variant settings(SimulationOptions of, int founding) {
    boolean cuts =
        of.faults.contains(FaultKind.LEASE_CUT) && FaultScheduler.cutsLeases(world);
    Variant wanted = cuts
        ? SeededSettings.forLeases(of.variant, world.stream("settings of leases")) : of.variant;
    return SeededSettings.forLearners(
        SeededSettings.drawn(wanted, founding, world.stream("settings")),
        world.stream("settings of learners"));
  }

  private void leaseRead(int node) {
    workload.leaseRead(node);
  }

  /** Where crashes count, thresholds fall below a majority only with even numbers, or many. */
  private static int size(Variant variant, SeededRandom random) {
    return variant.countsCrashes() ? 3 + random.nextInt(5) : 3 + 2 * random.nextInt(2);
  }

  private List<Observer> observers(QuorumSystem founding) {
    List<Observer> all = new ArrayList<>();
    if (options.trace != null) {
      all.add(recorder());
    }
    all.addAll(Oracles.all(findings(), ledger, founding));
    all.addAll(options.observers);
    return all;
  }

  /** Told before the oracles, so that a violation follows what caused it. */
  private TraceRecorder recorder() {
    TraceRecorder recorder =
        new TraceRecorder(new Surroundings(world, nodes, networkFaults), options.trace);
    world.observer(recorder);
    return recorder;
  }

  private Findings findings() {
    return (property, first, second) ->
        world.violated(new Violation(property, first, second, world.now()));
  }

  private Configuration founders(int count) {
    int mains = variant.hasAuxiliaries() ? count / 2 + 1 : count;
    List<Seat> seats = new ArrayList<>();
    for (NodeId id : Assembly.ids(count)) {
      Seat seat = Seat.of(id, new PeerAddress(id.name(), 1));
      seats.add(variant.hasPassive() ? seat.as(Role.PROPOSER)
          : seats.size() < mains ? seat : seat.as(Role.AUXILIARY));
      if (variant.hasPassive()) {
        seats.add(Assembly.passive(variant, id.name().substring(1)));
      }
    }
    List<Member> members = seats.stream().map(seat -> new Member(
        seat.id(), Incarnation.FOUNDING, seat.acceptor(), seat.role())).toList();
    return new Configuration(
        members, variant.quorum().spec(variant.settings()), variant.consensus().mode());
  }

  private SimulatedNetwork build(List<NodeId> ids, Configuration founders, DiskFaults disks) {
    ClusterSpec spec = new ClusterSpec(
        world, founders, ids, processes, options.codec.get(), variant.settings(), observer,
        findings(), life -> new LedgerMachine(life, observer, application, machines), master,
        passives);
    return Assembly.of(spec, networkFaults, disks, nodes);
  }

  SimulationReport run() {
    long began = System.nanoTime();
    world.observer().began(variant.name(), options.seed);
    if (faults.on().isEmpty()) {
      world.after(CALM, observer::calm); // the start is no calm time
    }
    if (faults.on().contains(FaultKind.CLOCK_BEYOND)) {
      observer.clocksBreakBound();
    }
    nodes.forEach(SimulatedNode::start);
    faults.start();
    workload.start();
    if (options.script != null) {
      options.script.begin(world, nodes, master);
    } else if (options.reconfigure) {
      reconfigurer.start();
    }
    world.runUntil((long) (options.seconds * World.SECOND));
    if (world.violations().isEmpty()) {
      heal();
    }
    double wall = (System.nanoTime() - began) / 1e9;
    return new SimulationReport(
        variant.name(), options.seed, nodes.size(), faults.on(), faults.counts(),
        world.violations(), world.now() / 1e9, wall, workload.commands(), faults.crashes(),
        faults.partitions(), ledger.ballots(), reconfigurer.changes(), world.events(),
        world.traceHash(), faults.injected());
  }

  private void heal() {
    reconfigurer.stop();
    faults.heal();
    master.heal();
    passives.heal();
    network.heal();
    // Whatever a seed draws: sessions and forwarded commands are sent again at paces of their own.
    long resend = Math.max(
        variant.settings().nanos(RegisterSettings.RESEND_MOST),
        Settings.DEFAULTS.nanos(RegisterSettings.RESEND_MOST));
    long lease = variant.settings().nanos(LeaseSettings.DURATION);
    // Who grants a lease is silent to a new leader until it ends; then comes the next resend.
    long silence = (lease == 0 ? 0 : lease + resend) + passives.patience();
    LeaderDecidesInTime inTime = new LeaderDecidesInTime(
        findings(), variant.settings().nanos(OmegaPlugin.TIMEOUT) + silence,
        world.now() + resend);
    boolean converged = new HealingPhase(
        world, reconfigurer::members, network, workload, observer, inTime).run();
    if (converged) {
      calm();
      if (world.violations().isEmpty()) {
        reconfigurer.members().forEach(SimulatedNode::compareState);
        machines.ended();
        workload.history().check(findings());
        observer.ended(reconfigurer.members().stream().map(SimulatedNode::replica).toList());
      }
    }
  }

  /** Nothing is wrong any more: for a while nothing may happen, either. */
  private void calm() {
    networkFaults.calm();
    world.runUntil(world.now() + CALM / 2 + passives.patience()); // what waited there is done
    observer.calm();
    observer.idle();
    world.runUntil(world.now() + CALM);
  }
}

package io.synod.testkit.sim;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.quorum.Resilience;
import io.synod.replication.MembershipDesk;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whoever runs the cluster: changes its members, quorums and mode again and again to what the seed
 * draws, of any size from three on, also in the middle of faults.
 */
final class Reconfigurer implements MembershipDesk.Listener {
  private static final long PACE = 3 * World.SECOND;
  private static final int FEWEST = 3;
  private static final double MODE_CHANGES = 0.4;

  private final World world;
  private final SeededRandom random;
  private final SeededRandom modes;
  private final SeededRandom kinds;
  private final boolean changesModes;
  private final Variant variant;
  private final List<SimulatedNode> nodes;
  private final Configuration founders;
  private boolean stopped;
  private long changes;

  Reconfigurer(
      World world, Variant variant, List<SimulatedNode> nodes, Configuration founders) {
    this.world = world;
    this.random = world.stream("reconfigurer");
    this.modes = world.stream("modes");
    this.kinds = world.stream("kinds");
    this.changesModes = modes.nextBoolean();
    this.variant = variant;
    this.nodes = nodes;
    this.founders = founders;
  }

  void start() {
    world.after(World.SECOND + random.exponential(PACE), this::act);
  }

  /** Changes nothing any more. */
  void stop() {
    stopped = true;
  }

  /** The members, in the highest era that a live node knows to be active, that keep a replica. */
  List<SimulatedNode> members() {
    List<NodeId> ids = inForce().learners();
    return nodes.stream().filter(node -> ids.contains(node.id())).toList();
  }

  /** Whether the present store of that node votes, and all that are up know that. */
  boolean votes(NodeId id) {
    Configuration configuration = inForce();
    boolean known = nodes.stream().filter(SimulatedNode::up).allMatch(node ->
        node.eras().configurations().get(node.eras().active()).equals(configuration));
    return known && nodes.stream().anyMatch(node -> node.id().equals(id) && node.up()
        && configuration.votes(id, node.disk().incarnation(), false));
  }

  private Configuration inForce() {
    Eras highest = Eras.founding(founders);
    for (SimulatedNode node : nodes) {
      Eras known = node.up() ? node.eras() : highest;
      highest = known.active().compareTo(highest.active()) > 0 ? known : highest;
    }
    return highest.configurations().get(highest.active());
  }

  /** How many changes came into force. */
  long changes() {
    return changes;
  }

  private void act() {
    if (stopped) {
      return;
    }
    List<SimulatedNode> up = nodes.stream().filter(SimulatedNode::up).toList();
    Change wanted = drawn();
    if (!up.isEmpty()) {
      SimulatedNode asked = up.get(random.nextInt(up.size()));
      asked.event(() -> asked.process().membership().change(Optional.empty(), wanted, this));
    }
    world.after(random.exponential(PACE), this::act);
  }

  @Override
  public void doing(String what) {}

  @Override
  public void done(ChangeOutcome outcome) {
    if (outcome instanceof ChangeOutcome.Active) {
      changes++;
    }
  }

  private Change drawn() {
    return changesModes && modes.chance(MODE_CHANGES)
        ? new Change.Mode(modes.nextBoolean() ? ConsensusMode.CLASSIC : ConsensusMode.FAST)
        : drawnMembers();
  }

  private Change.Whole drawnMembers() {
    List<NodeId> pool = new ArrayList<>(nodes.stream().map(SimulatedNode::id).toList());
    int size = Math.min(pool.size(), FEWEST + random.nextInt(pool.size()));
    TreeSet<NodeId> chosen = new TreeSet<>();
    while (chosen.size() < size) {
      chosen.add(pool.remove(random.nextInt(pool.size())));
    }
    List<Seat> seats = variant.hasPassive() ? withDisks(seats(chosen)) : seats(chosen);
    Set<NodeId> acceptors = new TreeSet<>();
    seats.stream().filter(seat -> seat.role().votes()).forEach(seat -> acceptors.add(seat.id()));
    Change.Whole wanted = new Change.Whole(seats, quorums(acceptors));
    // At any time one store may be lost for good, as the fault atlas allows.
    boolean bears = Resilience.tolerates(variant.quorums(wanted.applyTo(founders)), Set.of()) > 0;
    return bears ? wanted : new Change.Whole(seats, founders.quorum());
  }

  /** Mostly those of the beginning, now and then others. */
  private String quorums(Set<NodeId> members) {
    if (variant.hasAuxiliaries()) {
      return founders.quorum();
    }
    if (variant.countsCrashes()) {
      return "winter:crashes=" + (1 + random.nextInt((members.size() - 1) / 2));
    }
    return switch (random.nextInt(6)) {
      case 0 -> "flexible:read=" + (1 + random.nextInt(members.size()));
      case 1 -> "flexible:write=" + (1 + random.nextInt(members.size()));
      case 2 -> "weighted:" + members.stream()
          .map(id -> id + "=" + (1 + random.nextInt(3))).collect(Collectors.joining(","));
      default -> founders.quorum();
    };
  }

  /** Processes alone, disks alone, or some of both vote; all processes may lead. */
  private List<Seat> withDisks(List<Seat> processes) {
    int kind = kinds.nextInt(4);
    if (kind == 0) {
      return processes;
    }
    List<Seat> seats = new ArrayList<>();
    for (Seat process : processes) {
      boolean votes = kind == 1 && kinds.nextBoolean();
      seats.add(process.as(votes ? Role.ACCEPTOR : Role.PROPOSER));
    }
    int disks = FEWEST + kinds.nextInt(3);
    for (int i = 1; i <= disks; i++) {
      seats.add(Assembly.passive(variant, Integer.toString(i)));
    }
    return seats;
  }

  private List<Seat> seats(Set<NodeId> members) {
    int mains = variant.hasAuxiliaries() ? members.size() / 2 + 1 : members.size();
    List<Seat> seats = new ArrayList<>();
    for (NodeId id : members) {
      Role role = seats.size() < mains ? Role.ACCEPTOR : Role.AUXILIARY;
      seats.add(new Seat(id, URI.create("node://" + id + ":1"), role));
    }
    return seats;
  }
}

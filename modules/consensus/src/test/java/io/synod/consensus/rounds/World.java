package io.synod.consensus.rounds;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Nodes, each a real acceptor, a real register and a proposer, and what they send. */
final class World {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");
  static final Configuration THREE = new Configuration(
      List.of(
          Member.founding("n1", "h:1"), Member.founding("n2", "h:2"), Member.founding("n3", "h:3")),
      "majority");

  private final Configuration founders;
  private final ConsensusMode mode;
  private final Layers layers;
  private final Map<NodeId, WorldNode> nodes = new LinkedHashMap<>();
  private final List<Sent> inFlight = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private Predicate<Sent> held = sent -> false;
  private long now;

  /**
   * A message under way.
   *
   * @param delays how many messages between nodes it took to send this one, itself included
   * @param forces how many forced writes, one after the other, it had to wait for
   */
  record Sent(NodeId from, NodeId to, Message message, int delays, int forces) {
    boolean remote() {
      return !from.equals(to);
    }
  }

  private record Due(long at, Runnable task) {}

  World(ConsensusMode mode) {
    this(mode, THREE);
  }

  World(ConsensusMode mode, Configuration founders) {
    this(mode, founders, Layers.FALL);
  }

  World(ConsensusMode mode, Configuration founders, Layers layers) {
    this.founders = founders;
    this.mode = mode;
    this.layers = layers;
    for (NodeId id : founders.ids()) {
      nodes.put(id, new WorldNode(id, mode, this, true));
    }
  }

  Layers layers() {
    return layers;
  }

  /** That node has crashed and starts anew with an empty store. */
  WorldNode comesBackEmpty(NodeId id) {
    nodes.put(id, new WorldNode(id, mode, this, false));
    return node(id);
  }

  WorldNode node(NodeId id) {
    return nodes.get(id);
  }

  List<WorldNode> all() {
    return List.copyOf(nodes.values());
  }

  LayerContext context(NodeId self, Incarnation store, WorldNode effects) {
    Timers timers = (delay, task) -> {
      Due entry = new Due(now + delay, task);
      due.add(entry);
      return () -> due.remove(entry);
    };
    Clock clock = new Clock() {
      @Override
      public long nanos() {
        return now;
      }

      @Override
      public long wallMillis() {
        return 0;
      }
    };
    return new LayerContext(
        self, store, founders, effects, clock, timers,
        new Random(1), Events.NONE, Settings.DEFAULTS);
  }

  void send(Sent sent) {
    inFlight.add(sent);
  }

  /** What matches stays under way until this is set anew. */
  void hold(Predicate<Sent> which) {
    held = which;
  }

  /** One turn of every node: it takes all that was sent to it before. Returns what was taken. */
  List<Sent> step() {
    List<Sent> taken = new ArrayList<>();
    for (Sent sent : inFlight) {
      if (!held.test(sent)) {
        taken.add(sent);
      }
    }
    inFlight.removeAll(taken);
    for (WorldNode node : nodes.values()) {
      node.turn(taken.stream().filter(s -> s.to().equals(node.id())).toList());
    }
    return taken;
  }

  /** Until nothing more is under way but what is held. */
  void run() {
    boolean moved = true;
    while (moved) {
      moved = !step().isEmpty() || inFlight.stream().anyMatch(s -> !held.test(s));
    }
  }

  /** Loses what matches. */
  void lose(Predicate<Sent> which) {
    inFlight.removeIf(which);
  }

  void advance(long nanos) {
    now += nanos;
    for (Due entry : List.copyOf(due)) {
      if (entry.at() <= now && due.remove(entry)) {
        entry.task().run();
      }
    }
  }

  /** Delivers, doubles or loses one message, whichever the dice say. */
  void deliverAny(Random dice) {
    if (inFlight.isEmpty()) {
      return;
    }
    Collections.swap(inFlight, dice.nextInt(inFlight.size()), inFlight.size() - 1);
    Sent sent = inFlight.remove(inFlight.size() - 1);
    int fate = dice.nextInt(20);
    if (fate == 0) {
      return;
    }
    if (fate == 1) {
      inFlight.add(sent);
    }
    node(sent.to()).turn(List.of(sent));
  }
}

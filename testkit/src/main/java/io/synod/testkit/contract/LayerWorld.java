package io.synod.testkit.contract;

import io.synod.api.effect.Timers.Timer;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.testkit.sim.Variant;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Processes n1 … nn of one variant and what they send, under virtual time: a suite holds messages
 * back, loses them, or leaves their order to dice. What a process persists is durable at once.
 */
final class LayerWorld<N extends LayerNode> {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");
  static final NodeId N4 = NodeId.of("n4");
  static final long MS = 1_000_000;

  private static final int MOST_MESSAGES = 200_000;

  private final Variant variant;
  private final Configuration founders;
  private final Map<NodeId, N> nodes = new LinkedHashMap<>();
  private final List<Sent> inFlight = new ArrayList<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private Predicate<Sent> held = sent -> false;
  private Predicate<Sent> lost = sent -> false;
  private long now;
  private long order;

  /** A message under way. */
  record Sent(NodeId from, NodeId to, Message message) {
    boolean remote() {
      return !from.equals(to);
    }

    boolean touches(NodeId id) {
      return remote() && (from.equals(id) || to.equals(id));
    }
  }

  private record Due(long at, long order, LayerNode node, int life, Runnable task)
      implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /** The founders, and as many more processes that no configuration names yet; all are up. */
  LayerWorld(
      Variant variant, int founding, int spare, BiFunction<NodeId, LayerWorld<?>, N> factory) {
    this.variant = variant;
    List<Member> all = SimulatedElections.founders(founding + spare).members();
    this.founders = new Configuration(all.subList(0, founding), variant.quorum().name());
    all.forEach(member -> nodes.put(member.id(), factory.apply(member.id(), this)));
    nodes.values().forEach(LayerNode::start);
  }

  Variant variant() {
    return variant;
  }

  Configuration founders() {
    return founders;
  }

  /** These founders, and the stores of the spare processes where they are named. */
  Configuration members(NodeId... ids) {
    return new Configuration(
        Stream.of(ids).map(this::member).toList(), variant.quorum().name());
  }

  private Member member(NodeId id) {
    return founders.member(id).orElseGet(() -> new Member(
        id, incarnation(id), URI.create("node://" + id + ":1"), Role.ACCEPTOR));
  }

  static Incarnation incarnation(NodeId id) {
    return new Incarnation(Integer.parseInt(id.name().substring(1)));
  }

  N node(NodeId id) {
    return nodes.get(id);
  }

  List<N> all() {
    return List.copyOf(nodes.values());
  }

  long now() {
    return now;
  }

  void send(Sent sent) {
    if (nodes.containsKey(sent.to()) && !lost.test(sent)) {
      inFlight.add(sent);
    }
  }

  Timer after(LayerNode node, long delayNanos, Runnable task) {
    Due entry = new Due(now + delayNanos, order++, node, node.life(), task);
    due.add(entry);
    return () -> due.remove(entry);
  }

  List<Sent> inFlight() {
    return List.copyOf(inFlight);
  }

  /** What matches stays under way until this is set anew. */
  void hold(Predicate<Sent> which) {
    held = which;
  }

  /** What matches is lost, until this is set anew. */
  void lose(Predicate<Sent> which) {
    lost = which;
    inFlight.removeIf(which);
  }

  /** All links work again, and nothing is held. */
  void heal() {
    hold(sent -> false);
    lose(sent -> false);
  }

  /** Delivers in the order of sending until nothing is under way but what is held. */
  void run() {
    int left = MOST_MESSAGES;
    while (deliverFirst()) {
      if (left-- == 0) {
        throw new AssertionError("no end of messages; under way: " + inFlight.size());
      }
    }
  }

  private boolean deliverFirst() {
    for (int i = 0; i < inFlight.size(); i++) {
      if (!held.test(inFlight.get(i))) {
        deliver(inFlight.remove(i));
        return true;
      }
    }
    return false;
  }

  private void deliver(Sent sent) {
    nodes.get(sent.to()).hear(sent.from(), sent.message());
  }

  /** Time passes, and whatever is due happens; each time all messages are delivered before. */
  void pass(long millis) {
    long end = now + millis * MS;
    run();
    while (fireNext(end)) {
      run();
    }
    now = end;
  }

  private boolean fireNext(long end) {
    Due next = due.peek();
    if (next == null || next.at > end) {
      return false;
    }
    due.remove(next);
    now = Math.max(now, next.at);
    if (next.node.life() == next.life) {
      next.node.turn(next.task);
    }
    return true;
  }

  /** Delivers, doubles or loses one message, or lets time pass, whichever the dice say. */
  void adversary(Random dice) {
    if (inFlight.isEmpty() || dice.nextInt(30) == 0) {
      long end = now + dice.nextInt(200) * MS;
      while (fireNext(end)) {
        // messages stay under way meanwhile
      }
      now = end;
      return;
    }
    Collections.swap(inFlight, dice.nextInt(inFlight.size()), inFlight.size() - 1);
    Sent sent = inFlight.remove(inFlight.size() - 1);
    int fate = sent.remote() ? dice.nextInt(20) : 19;
    if (fate == 0) {
      return;
    }
    if (fate == 1) {
      inFlight.add(sent);
    }
    deliver(sent);
  }
}

package io.synod.sharedmemory;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.memory.Counts;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.quorum.MajorityPlugin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Nodes whose messages wait until a test delivers them, and whose disks force when told to. */
final class World {
  static final NodeId N1 = NodeId.of("n1");
  static final NodeId N2 = NodeId.of("n2");
  static final NodeId N3 = NodeId.of("n3");

  private final Map<NodeId, Node> nodes = new TreeMap<>();
  private final List<Sent> network = new ArrayList<>();
  private final Configuration members;
  private final QuorumSystem quorums;
  private final Settings settings;
  private long now;
  private UnaryOperator<Message> tampering = message -> message;

  /** A message under way. */
  record Sent(NodeId from, NodeId to, Message message) {}

  World(int size, Settings settings) {
    this(size, settings, new MajorityPlugin(), Settings.DEFAULTS);
  }

  World(int size, Settings settings, Plugins.Quorum quorum, Settings parameters) {
    this.settings = settings;
    this.members = new Configuration(
        IntStream.rangeClosed(1, size).mapToObj(i -> Member.founding("n" + i, "h:" + i)).toList(),
        quorum.name());
    this.quorums = quorum.create(members, parameters);
    for (NodeId id : members.acceptors()) {
      nodes.put(id, new Node(id));
    }
    nodes.values().forEach(Node::start);
  }

  /** Three nodes by majority. */
  static World three() {
    return new World(3, Settings.DEFAULTS);
  }

  /** All messages are changed before they arrive. */
  void tamper(UnaryOperator<Message> change) {
    tampering = change;
  }

  Node node(NodeId id) {
    return nodes.get(id);
  }

  List<Sent> network() {
    return network;
  }

  /** Delivers one message under way, and what its receiver says to itself. */
  void deliver(Sent sent) {
    network.remove(sent);
    Node to = nodes.get(sent.to);
    if (to.registers != null) {
      to.registers.onMessage(sent.from, tampering.apply(sent.message));
      to.endTurn();
    }
  }

  /** Delivers what fits, also what comes of it, until nothing does. */
  void deliver(Predicate<Sent> which) {
    Optional<Sent> next = network.stream().filter(which).findFirst();
    while (next.isPresent()) {
      deliver(next.get());
      next = network.stream().filter(which).findFirst();
    }
  }

  /** Delivers everything. */
  void run() {
    deliver(sent -> true);
  }

  /** Time passes, and what becomes due is done. */
  void advance(long nanos) {
    now += nanos;
    nodes.values().forEach(Node::fire);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One node through its lives. */
  final class Node implements Effects {
    private final NodeId id;
    private final List<DurableRecord> disk = new ArrayList<>();
    private final List<DurableRecord> unforced = new ArrayList<>();
    private final Deque<Runnable> gated = new ArrayDeque<>();
    private final Deque<Message> own = new ArrayDeque<>();
    private final List<Due> due = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private boolean forces = true;
    private int dropped;
    private AtomicRegisters registers;

    private record Due(long at, Runnable task) {}

    Node(NodeId id) {
      this.id = id;
    }

    void start() {
      registers = new AtomicRegisters(context(), quorums);
      disk.forEach(registers::recover);
      registers.start();
      endTurn();
    }

    void crash() {
      registers = null;
      unforced.clear();
      gated.clear();
      own.clear();
      due.clear();
    }

    /** Whether what is persisted is forced at the end of each turn. */
    void forces(boolean whether) {
      forces = whether;
      endTurn();
    }

    void write(String name, String value) {
      registers.write(name, bytes(value), () -> said.add("wrote " + value));
      endTurn();
    }

    void read(String name) {
      registers.read(name, found -> said.add("read "
          + found.map(value -> new String(value, StandardCharsets.UTF_8)).orElse("nothing")));
      endTurn();
    }

    /** What operations have answered. */
    List<String> said() {
      return said;
    }

    Counts counts() {
      return registers.counts();
    }

    List<DurableRecord> disk() {
      return disk;
    }

    int dropped() {
      return dropped;
    }

    private void endTurn() {
      if (registers == null) {
        return;
      }
      do {
        while (!own.isEmpty()) {
          registers.onMessage(id, tampering.apply(own.remove()));
        }
        registers.endOfTurn();
        if (forces) {
          disk.addAll(unforced);
          unforced.clear();
          open();
        }
      } while (!own.isEmpty());
    }

    private void open() {
      while (!gated.isEmpty()) {
        gated.remove().run();
      }
    }

    private void fire() {
      for (Due each : List.copyOf(due)) {
        if (each.at <= now && due.remove(each)) {
          each.task.run();
        }
      }
      endTurn();
    }

    private LayerContext context() {
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
          id, Incarnation.FOUNDING, members, this, clock, this::after, new Random(1),
          Events.NONE, settings);
    }

    private Timers.Timer after(long delay, Runnable task) {
      Due entry = new Due(now + delay, task);
      due.add(entry);
      return () -> due.remove(entry);
    }

    @Override
    public void persist(DurableRecord record) {
      unforced.add(record);
    }

    @Override
    public void send(NodeId to, Message message) {
      whenDurable(() -> sendNow(to, message));
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      if (to.equals(id)) {
        own.add(message);
      } else {
        network.add(new Sent(id, to, message));
      }
    }

    @Override
    public void whenDurable(Runnable then) {
      if (unforced.isEmpty() && gated.isEmpty()) {
        then.run();
      } else {
        gated.add(then);
      }
    }

    @Override
    public void dropBeforeCheckpoint() {
      int last = 0;
      for (int i = 0; i < disk.size(); i++) {
        last = disk.get(i).startsSegment() ? i : last;
      }
      dropped += last;
      disk.subList(0, last).clear();
    }
  }
}

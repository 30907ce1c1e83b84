package io.synod.testkit.contract;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.effect.Events;
import io.synod.api.effect.Timers;
import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.Message;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Processes n1 … nn with their elections, over links that can be cut in one direction, under
 * virtual time. One seed decides everything.
 */
final class SimulatedElections {
  static final long MS = 1_000_000;

  private final Plugins.Election plugin;
  private final Random random;
  private final Settings settings;
  private final Configuration configuration;
  private final Map<NodeId, Process> processes = new LinkedHashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Set<String> cutLinks = new LinkedHashSet<>();
  private long now;
  private long eventCount;
  private double loss;
  private int slowestMs = 2;

  SimulatedElections(Plugins.Election plugin, Settings settings, int size, long seed) {
    this.plugin = plugin;
    this.random = new Random(seed);
    this.settings = settings;
    this.configuration = founders(size);
    configuration.ids().forEach(id -> processes.put(id, new Process(id)));
  }

  static Configuration founders(int size) {
    return new Configuration(IntStream.rangeClosed(1, size)
        .mapToObj(i -> Member.founding("n" + i, "host" + i + ":1")).toList(), "majority");
  }

  void startAll() {
    processes.keySet().forEach(id -> start(id.name()));
  }

  /** Starts a process that is down, with its boot count raised and its memory lost. */
  void start(String id) {
    process(id).boot();
  }

  void crash(String id) {
    process(id).life++;
    process(id).election = null;
  }

  boolean isUp(String id) {
    return process(id).election != null;
  }

  void cut(String from, String to) {
    cutLinks.add(from + ">" + to);
  }

  void cutBoth(String one, String other) {
    cut(one, other);
    cut(other, one);
  }

  void isolate(String id) {
    ids().forEach(other -> cutBoth(id, other));
  }

  void healLinks() {
    cutLinks.clear();
  }

  void lossy(double probability, int slowestMillis) {
    loss = probability;
    slowestMs = slowestMillis;
  }

  void run(long millis) {
    runUntil(millis, world -> false);
  }

  /** Runs until it holds; how many milliseconds that took, or -1 when it did not in time. */
  long runUntil(long millis, Predicate<SimulatedElections> holds) {
    long began = now;
    long end = now + millis * MS;
    while (!events.isEmpty() && events.peek().at <= end) {
      Event event = events.poll();
      now = Math.max(now, event.at);
      event.task.run();
      if (holds.test(this)) {
        return (now - began) / MS;
      }
    }
    now = end;
    return -1;
  }

  List<String> ids() {
    return processes.keySet().stream().map(NodeId::name).toList();
  }

  List<String> up() {
    return ids().stream().filter(this::isUp).toList();
  }

  WeakLeaderElection election(String id) {
    return process(id).election;
  }

  /** The leader at a process, or "-" while it knows none. */
  String leaderAt(String id) {
    return process(id).election.leader().map(NodeId::name).orElse("-");
  }

  /** What every process that is up says, without repetition. */
  Set<String> leaders() {
    Set<String> all = new LinkedHashSet<>();
    up().forEach(id -> all.add(leaderAt(id)));
    return all;
  }

  boolean agreed() {
    return leaders().size() == 1 && isUp(leaders().iterator().next().replace("-", "n1"))
        && !leaders().contains("-");
  }

  /** Every change of leader that a process saw, since it was first started. */
  List<String> history(String id) {
    return process(id).history;
  }

  void forgetHistory() {
    processes.values().forEach(process -> process.history.clear());
  }

  private Process process(String id) {
    return processes.get(NodeId.of(id));
  }

  private void at(long time, Runnable task) {
    events.add(new Event(time, eventCount++, task));
  }

  private record Event(long at, long order, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /** One process over its lives; what belongs to an earlier life no longer happens. */
  private final class Process implements Effects, Timers, Clock {
    private final NodeId id;
    private final long clockOrigin = random.nextLong();
    private final List<String> history = new ArrayList<>();
    /** While nothing is lost a link keeps the order, as a connection does. */
    private final Map<NodeId, Long> arrivals = new LinkedHashMap<>();
    private WeakLeaderElection election;
    private long boots;
    private int life;

    Process(NodeId id) {
      this.id = id;
    }

    void boot() {
      if (election != null) {
        throw new IllegalStateException(id + " is up");
      }
      boots++;
      election = plugin.create(new LayerContext(id, Incarnation.FOUNDING,
          configuration, this, this, this, new Random(random.nextLong()), Events.NONE, settings));
      election.onChange(next -> history.add(next.map(NodeId::name).orElse("-")));
      election.start(boots);
    }

    private void later(long time, Runnable task) {
      int scheduledIn = life;
      at(time, () -> {
        if (life == scheduledIn && election != null) {
          task.run();
        }
      });
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      Process receiver = processes.get(to);
      if (receiver == null || random.nextDouble() < loss) {
        return;
      }
      long delay = MS / 5 + (long) (random.nextDouble() * slowestMs * MS);
      long arrival = now + delay;
      if (loss == 0) {
        arrival = Math.max(arrival, arrivals.getOrDefault(to, 0L));
        arrivals.put(to, arrival);
      }
      at(arrival, () -> {
        if (!cutLinks.contains(id + ">" + to) && receiver.election != null) {
          receiver.later(now, () -> receiver.hear(id, (ElectionMessage) message));
        }
      });
    }

    private void hear(NodeId from, ElectionMessage message) {
      election.onSignOfLife(from);
      election.onMessage(from, message);
    }

    @Override
    public Timer after(long delayNanos, Runnable task) {
      boolean[] cancelled = {false};
      later(now + delayNanos, () -> {
        if (!cancelled[0]) {
          task.run();
        }
      });
      return () -> cancelled[0] = true;
    }

    @Override
    public long nanos() {
      return clockOrigin + now;
    }

    @Override
    public long wallMillis() {
      throw new AssertionError("no election reads the wall clock");
    }

    @Override
    public void persist(DurableRecord record) {
      throw new AssertionError("no election writes to the disk");
    }

    @Override
    public void send(NodeId to, Message message) {
      throw new AssertionError("signs of life need not wait for the disk");
    }

    @Override
    public void whenDurable(Runnable then) {
      throw new AssertionError("no election waits for the disk");
    }

    @Override
    public void dropBeforeCheckpoint() {
      throw new AssertionError("no election writes to the disk");
    }
  }
}

package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Query;
import io.synod.api.message.ClientMessage.QueryResult;
import io.synod.api.message.ClientMessage.Refusal;
import io.synod.api.message.ClientMessage.Refusal.Kind;
import io.synod.api.message.ClientMessage.Result;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.model.InstanceId;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/**
 * A cluster as the client's contract describes it, under a seed: messages are delayed, lost with
 * their connection, delivered again long after, refused, swallowed; sessions expire. A session's
 * commands are applied strictly in order of sequence, each once; what is behind a gap is dropped.
 */
final class ModelCluster {
  private static final long MILLI = 1_000_000;

  /** Every command that took effect, in order. */
  final List<Integer> applied = new ArrayList<>();
  final Rig.Clock clock = new Rig.Clock();
  private final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Long, Long> nextSequence = new TreeMap<>();
  private final Map<Long, Long> sessionOfNonce = new TreeMap<>();
  private final Map<Long, Map<Long, Integer>> results = new TreeMap<>();
  private ClientCore core;
  private long order;
  private long lastSession;
  private boolean faulty = true;

  ModelCluster(long seed) {
    this.random = new Random(seed);
  }

  void attach(ClientCore core) {
    this.core = core;
  }

  /** From now on every message arrives and nothing is refused; stale copies still come. */
  void heal() {
    faulty = false;
  }

  void connect(PeerAddress node, long attempt) {
    if (happens(5)) {
      after(3, () -> core.disconnected(attempt, clock.now));
    } else {
      after(3, () -> core.connected(attempt, new Link(attempt), clock.now));
    }
  }

  /** Runs everything that is due within the time given, and the client in between. */
  void run(long millis) {
    long until = clock.now + millis * MILLI;
    while (clock.now < until) {
      long next = Math.min(until, core.nextTime(clock.now));
      if (!events.isEmpty()) {
        next = Math.min(next, events.peek().at);
      }
      clock.now = Math.max(clock.now + 1, next);
      while (!events.isEmpty() && events.peek().at <= clock.now) {
        events.poll().action.run();
      }
      core.endOfTurn(clock.now);
    }
  }

  boolean happens(int percent) {
    return faulty && random.nextInt(100) < percent;
  }

  private void after(int millis, Runnable action) {
    long delay = random.nextLong(millis * MILLI) + 1;
    events.add(new Event(clock.now + delay, order++, action));
  }

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final class Link implements ClientLink {
    private final long attempt;
    private long busyUntil;
    private boolean gone;

    Link(long attempt) {
      this.attempt = attempt;
    }

    @Override
    public void send(ClientMessage message) {
      if (happens(1)) {
        lose();
      }
      if (happens(4)) {
        // A forwarded copy that a node finds much later, whatever became of the connection.
        after(4_000, () -> reach(message));
      }
      if (!gone) {
        inOrder(() -> arrive(message));
      }
    }

    @Override
    public void close() {
      gone = true;
    }

    private void lose() {
      gone = true;
      after(20, () -> core.disconnected(attempt, clock.now));
    }

    private void inOrder(Runnable action) {
      busyUntil = Math.max(busyUntil, clock.now) + random.nextLong(MILLI) + 1;
      events.add(new Event(busyUntil, order++, action));
    }

    private void arrive(ClientMessage message) {
      if (gone && happens(50) || happens(3)) {
        return;
      }
      List<ClientMessage> answers = happens(3) ? refuse(message) : reach(message);
      for (ClientMessage answer : answers) {
        inOrder(() -> {
          if (!gone) {
            core.message(attempt, answer, clock.now);
          }
        });
      }
    }

    private List<ClientMessage> refuse(ClientMessage message) {
      Kind kind = happens(50) ? Kind.UNAVAILABLE : Kind.OVERLOADED;
      if (message instanceof Submit submit) {
        return List.of(new Refusal(kind, submit.session(), submit.sequence(), "model"));
      } else if (message instanceof OpenSession open) {
        return List.of(new Refusal(kind, 0, open.nonce(), "model"));
      } else if (message instanceof Query query) {
        return List.of(new Refusal(kind, 0, query.request(), "model"));
      }
      return List.of();
    }
  }

  private List<ClientMessage> reach(ClientMessage message) {
    if (message instanceof OpenSession open) {
      long session = sessionOfNonce.computeIfAbsent(open.nonce(), n -> newSession());
      return List.of(new SessionOpened(open.nonce(), session));
    } else if (message instanceof Submit submit) {
      return apply(submit);
    } else if (message instanceof Query query) {
      InstanceId index = InstanceId.of(applied.size());
      return List.of(new QueryResult(query.request(), index, query.query()));
    }
    return List.of(new ClientMessage.Pong());
  }

  private long newSession() {
    lastSession++;
    nextSequence.put(lastSession, 1L);
    results.put(lastSession, new TreeMap<>());
    return lastSession;
  }

  private List<ClientMessage> apply(Submit submit) {
    long session = submit.session();
    if (nextSequence.containsKey(session) && random.nextInt(1_000) == 0 && faulty) {
      nextSequence.remove(session);
    }
    List<ClientMessage> answers = new ArrayList<>();
    long sequence = submit.sequence();
    for (byte[] command : submit.commands()) {
      Long expected = nextSequence.get(session);
      if (expected == null) {
        return List.of(new Refusal(Kind.SESSION_EXPIRED, session, sequence, "model"));
      }
      if (expected == sequence) {
        applied.add(Integer.parseInt(Rig.text(command)));
        results.get(session).put(sequence, applied.size());
        nextSequence.put(session, sequence + 1);
      }
      Integer result = results.get(session).get(sequence);
      if (result != null) {
        answers.add(new Result(session, sequence, InstanceId.of(result), command));
      }
      sequence++;
    }
    results.get(session).keySet().removeIf(s -> s < submit.answered());
    return answers;
  }
}

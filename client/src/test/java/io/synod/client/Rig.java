package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.PeerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A client core whose time, network and nodes are the test. */
final class Rig {
  static final long SESSION = 77;

  final List<PeerAddress> asked = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final Budget budget = new Budget(100, 1_000);
  final ClientCore core;
  long now = 1_000;
  private long attempt;

  Rig() {
    this(Settings.DEFAULTS);
  }

  Rig(Settings settings) {
    List<PeerAddress> nodes =
        List.of(new PeerAddress("a", 1), new PeerAddress("b", 2), new PeerAddress("c", 3));
    core = new ClientCore(nodes, this::connect, Limits.of(settings), new Random(1),
        new Completions(Runnable::run, budget));
    core.start(now);
  }

  private void connect(PeerAddress node, long attempt) {
    asked.add(node);
    this.attempt = attempt;
  }

  /** Lets the newest attempt end well. */
  Link accept() {
    Link link = new Link(attempt);
    links.add(link);
    core.connected(attempt, link, now);
    turn();
    return link;
  }

  void refuseConnection() {
    core.disconnected(attempt, now);
    turn();
  }

  /** A connection with a session opened by submitting one command, which is left unanswered. */
  Link withSession(List<CompletableFuture<Outcome>> stages, String... commands) {
    Link link = accept();
    for (String command : commands) {
      stages.add(submit(command));
    }
    turn();
    link.say(new SessionOpened(link.only(OpenSession.class).nonce(), SESSION));
    return link;
  }

  CompletableFuture<Outcome> submit(String command) {
    byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
    PendingCommand pending = new PendingCommand(bytes, now + Duration.ofSeconds(10).toNanos());
    budget.tryReserve(bytes.length);
    core.submit(pending);
    return pending.stage().toCompletableFuture();
  }

  CompletableFuture<ReadOutcome> read(String query) {
    byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
    PendingRead pending = new PendingRead(ReadMode.LINEARIZABLE, InstanceId.NONE, bytes,
        now + Duration.ofSeconds(10).toNanos());
    budget.tryReserve(bytes.length);
    core.read(pending);
    return pending.stage().toCompletableFuture();
  }

  void turn() {
    core.endOfTurn(now);
  }

  void pass(Duration time) {
    long until = now + time.toNanos();
    while (now < until) {
      now = Math.min(until, Math.max(now + 1, core.nextTime(now)));
      turn();
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String text(Outcome outcome) {
    return outcome instanceof Outcome.Applied applied ? text(applied.result())
        : outcome.getClass().getSimpleName();
  }

  /** Time that the test makes pass. */
  static final class Clock {
    long now = 1_000;
  }

  /** The test's end of one connection. */
  final class Link implements ClientLink {
    final List<ClientMessage> heard = new ArrayList<>();
    final long attempt;
    boolean closed;

    Link(long attempt) {
      this.attempt = attempt;
    }

    @Override
    public void send(ClientMessage message) {
      heard.add(message);
    }

    @Override
    public void close() {
      closed = true;
    }

    void say(ClientMessage message) {
      core.message(attempt, message, now);
      turn();
    }

    void lose() {
      core.disconnected(attempt, now);
      turn();
    }

    void applied(long sequence, String result) {
      say(new ClientMessage.Result(SESSION, sequence, InstanceId.of(sequence),
          result.getBytes(StandardCharsets.UTF_8)));
    }

    void refuse(ClientMessage.Refusal.Kind kind, long session, long about) {
      say(new ClientMessage.Refusal(kind, session, about, "because"));
    }

    <T extends ClientMessage> List<T> all(Class<T> type) {
      return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends ClientMessage> T only(Class<T> type) {
      List<T> all = all(type);
      if (all.size() != 1) {
        throw new AssertionError("expected one " + type.getSimpleName() + " in " + heard);
      }
      return all.get(0);
    }

    /** What was submitted, as {@code sequence:command}. */
    List<String> submitted() {
      List<String> lines = new ArrayList<>();
      for (Submit submit : all(Submit.class)) {
        long sequence = submit.sequence();
        for (byte[] command : submit.commands()) {
          lines.add(sequence++ + ":" + text(command));
        }
      }
      return lines;
    }
  }
}

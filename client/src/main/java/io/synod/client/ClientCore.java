package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.PeerAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a client does, without threads or time: the client's thread hands in what happened and
 * what time it is. After each batch of inputs comes {@link #endOfTurn}.
 */
final class ClientCore {
  static final String CLOSED = "the client is closed";

  private final Limits limits;
  private final RandomGenerator random;
  private final Completions completions;
  private final Connection connection;
  private final CommandWindow commands;
  private final ReadTable reads;
  private long nonce;
  private boolean asked;
  private long askedAt;
  private boolean closing;

  ClientCore(
      List<PeerAddress> nodes, Connector connector, Limits limits, RandomGenerator random,
      Completions completions) {
    this.limits = limits;
    this.random = random;
    this.completions = completions;
    this.connection = new Connection(nodes, random.nextInt(nodes.size()), connector, limits,
        new Backoff(limits.backoffLeast(), limits.backoffMost(), random));
    this.commands = new CommandWindow(completions, limits.batchBytes());
    this.reads = new ReadTable(completions);
    newNonce();
  }

  void start(long now) {
    connection.connect(now);
  }

  void submit(PendingCommand command) {
    if (closing) {
      command.refuseAsClosed(this);
      completions.free(command.command().length);
    } else {
      commands.add(command);
    }
  }

  void read(PendingRead read) {
    if (closing) {
      read.refuseAsClosed(this);
      completions.free(read.size());
    } else {
      reads.add(read);
    }
  }

  <T> void settle(Pending<T> pending, T outcome) {
    if (pending.settle(outcome)) {
      completions.add(pending);
    }
  }

  /** A connection attempt ended well. */
  void connected(long attempt, ClientLink link, long now) {
    if (!connection.isCurrent(attempt)) {
      link.close();
      return;
    }
    connection.opened(link, now);
    sendAllAgain(false);
  }

  /** A connection attempt failed, or the connection was lost. */
  void disconnected(long attempt, long now) {
    if (connection.isCurrent(attempt)) {
      moveOn(now);
    }
  }

  void message(long attempt, ClientMessage message, long now) {
    if (!connection.isCurrent(attempt)) {
      return;
    }
    connection.heard(now);
    if (message instanceof ClientMessage.Result result) {
      connection.succeeded();
      commands.applied(result, now);
    } else if (message instanceof ClientMessage.QueryResult result) {
      connection.succeeded();
      reads.answered(result);
    } else if (message instanceof ClientMessage.SessionOpened opened) {
      sessionOpened(opened);
    } else if (message instanceof ClientMessage.Refusal refusal) {
      refused(refusal, now);
    } else if (!(message instanceof ClientMessage.Pong)) {
      // A node that sends a client's own messages is no node of ours.
      moveOn(now);
    }
  }

  private void sessionOpened(ClientMessage.SessionOpened opened) {
    if (asked && opened.nonce() == nonce) {
      connection.succeeded();
      asked = false;
      commands.opened(opened.session());
      newNonce();
    }
  }

  private void refused(ClientMessage.Refusal refusal, long now) {
    boolean ofSession = commands.session() != 0 && refusal.session() == commands.session();
    switch (refusal.kind()) {
      case UNAVAILABLE -> {
        // What follows an overloaded run on the same connection is refused too, as a gap.
        if (!ofSession || !connection.isHeld()) {
          moveOn(now);
        }
      }
      case OVERLOADED -> overloaded(refusal, ofSession, now);
      case SESSION_EXPIRED -> {
        if (ofSession) {
          commands.expired();
        }
      }
      case INVALID -> invalid(refusal, ofSession, now);
      default -> throw new IllegalStateException("unknown refusal " + refusal);
    }
  }

  private void overloaded(ClientMessage.Refusal refusal, boolean ofSession, long now) {
    connection.hold(now);
    if (ofSession) {
      commands.rewind(true);
    } else if (refusal.about() == nonce) {
      asked = false;
    } else {
      reads.refused(refusal.about());
    }
  }

  private void invalid(ClientMessage.Refusal refusal, boolean ofSession, long now) {
    if (ofSession) {
      commands.invalid(refusal.about(), refusal.reason(), now);
    } else if (refusal.about() == nonce) {
      moveOn(now);
    } else {
      reads.invalid(refusal.about(), refusal.reason());
    }
  }

  private void moveOn(long now) {
    connection.moveOn(now);
    sendAllAgain(true);
  }

  private void sendAllAgain(boolean probe) {
    asked = false;
    commands.rewind(probe);
    reads.rewind();
  }

  /** Lets time pass, then sends what may be sent and tells callers. */
  void endOfTurn(long now) {
    commands.timeOut(now);
    reads.timeOut(now);
    if (connection.onTime(commands.session(), now)) {
      sendAllAgain(true);
    } else if (connection.isOpen() && owedSince(now) + limits.attempt() - now <= 0) {
      moveOn(now);
    }
    if (connection.isReady()) {
      send(now);
    }
    completions.flush();
  }

  private void send(long now) {
    if (commands.needsSession() && !asked) {
      asked = true;
      askedAt = now;
      connection.send(new ClientMessage.OpenSession(nonce));
    }
    commands.send(connection, now);
    reads.send(connection, now);
  }

  /** Since when the connected node owes an answer; {@code now} if it owes none. */
  private long owedSince(long now) {
    long since = asked ? askedAt : now;
    if (commands.awaitsAnswer()) {
      since = Times.earlier(since, commands.waitingSince());
    }
    return reads.awaitsAnswer() ? Times.earlier(since, reads.waitingSince()) : since;
  }

  /** When {@link #endOfTurn} has to be called again even if nothing happens. */
  long nextTime(long now) {
    long next = connection.nextTime(now + limits.ping());
    next = commands.nextTimeout(reads.nextTimeout(next));
    return connection.isOpen() ? Times.earlier(next, owedSince(now) + limits.attempt()) : next;
  }

  /** From now on nothing new is taken; what is outstanding goes on. */
  void closing() {
    closing = true;
  }

  boolean isIdle() {
    return commands.isEmpty() && reads.isEmpty();
  }

  /** Ends all that is outstanding. */
  void close() {
    closing = true;
    commands.close();
    reads.close();
    connection.close();
    completions.flush();
  }

  /** Positive and large, so that it is never mistaken for the number of a read. */
  private void newNonce() {
    nonce = random.nextLong() & Long.MAX_VALUE | 1L << 62;
  }
}

package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.transport.ClientReceiver.ClientLink;
import io.synod.api.transport.PeerAddress;
import java.util.List;

/**
 * The one connection of a client, and the round of nodes that it is moved along. Every attempt
 * has a number; what is reported under an older number is stale and has no effect.
 */
final class Connection implements ClientMessageSink {
  private enum Phase { IDLE, CONNECTING, OPEN, PAUSING }

  private final List<PeerAddress> nodes;
  private final Connector connector;
  private final Limits limits;
  private final Backoff backoff;
  private Phase phase = Phase.IDLE;
  private ClientLink link;
  private int at;
  private long attempt;
  private long phaseEnds;
  private long lastHeard;
  private long nextPing;
  private long heldUntil;
  private boolean held;

  Connection(
      List<PeerAddress> nodes, int first, Connector connector, Limits limits, Backoff backoff) {
    this.nodes = nodes;
    this.at = first;
    this.connector = connector;
    this.limits = limits;
    this.backoff = backoff;
  }

  PeerAddress node() {
    return nodes.get(at);
  }

  boolean isCurrent(long attempt) {
    return attempt == this.attempt;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /** Whether something may be sent now. */
  boolean isReady() {
    return phase == Phase.OPEN && !held;
  }

  /** Whether it is open, but nothing is to be sent for a while. */
  boolean isHeld() {
    return phase == Phase.OPEN && held;
  }

  void connect(long now) {
    attempt++;
    phase = Phase.CONNECTING;
    phaseEnds = now + limits.connect();
    connector.connect(node(), attempt);
  }

  void opened(ClientLink link, long now) {
    this.link = link;
    phase = Phase.OPEN;
    held = false;
    lastHeard = now;
    nextPing = now + limits.ping();
  }

  /** Gives this node up for now; the next one is tried after a pause. */
  void moveOn(long now) {
    drop();
    at = (at + 1) % nodes.size();
    phase = Phase.PAUSING;
    phaseEnds = now + backoff.next();
  }

  /** Stays, but sends nothing for a while. */
  void hold(long now) {
    if (!held) {
      held = true;
      heldUntil = now + backoff.next();
    }
  }

  void heard(long now) {
    lastHeard = now;
  }

  void succeeded() {
    backoff.succeeded();
  }

  @Override
  public void send(ClientMessage message) {
    link.send(message);
  }

  /** Moves on, reconnects and pings as time passes; true if the connection was given up. */
  boolean onTime(long session, long now) {
    if (phase == Phase.PAUSING && phaseEnds - now <= 0) {
      connect(now);
    } else if (phase == Phase.CONNECTING && phaseEnds - now <= 0
        || phase == Phase.OPEN && lastHeard + limits.silence() - now <= 0) {
      moveOn(now);
      return true;
    } else if (phase == Phase.OPEN) {
      whileOpen(session, now);
    }
    return false;
  }

  private void whileOpen(long session, long now) {
    if (held && heldUntil - now <= 0) {
      held = false;
    }
    if (nextPing - now <= 0) {
      nextPing = now + limits.ping();
      link.send(new ClientMessage.Ping(session));
    }
  }

  long nextTime(long otherwise) {
    if (phase == Phase.OPEN) {
      long soon = Times.earlier(nextPing, lastHeard + limits.silence());
      return Times.earlier(otherwise, held ? Times.earlier(soon, heldUntil) : soon);
    }
    return phase == Phase.IDLE ? otherwise : Times.earlier(otherwise, phaseEnds);
  }

  void close() {
    drop();
    phase = Phase.IDLE;
  }

  private void drop() {
    attempt++;
    held = false;
    if (link != null) {
      link.close();
      link = null;
    }
  }
}

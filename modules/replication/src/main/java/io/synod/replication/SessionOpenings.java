package io.synod.replication;

import io.synod.link.Retransmission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Sessions asked for and not yet seen in the log. A copy of the request opens one session more,
 * which nobody uses and which expires.
 */
final class SessionOpenings {
  private static final long NOT_NOW = -1;

  private final Forwarder forwarder;
  private final Retransmission resend;
  private final Map<Long, Opening> open = new LinkedHashMap<>();

  private record Opening(byte[] entry, long deadlineNanos, LongConsumer then) {}

  SessionOpenings(Forwarder forwarder, Outbox.RetransmissionFactory retransmissions) {
    this.forwarder = forwarder;
    this.resend = retransmissions.create(this::sendAgain);
  }

  void open(long nonce, long deadlineNanos, LongConsumer then) {
    byte[] entry = Entry.open(nonce);
    open.put(nonce, new Opening(entry, deadlineNanos, then));
    forwarder.offer(entry);
    resend.begin();
  }

  void opened(long nonce, long session) {
    Opening opening = open.remove(nonce);
    if (opening != null) {
      opening.then().accept(session);
    }
    endIfEmpty();
  }

  void sendAgain() {
    open.values().forEach(opening -> forwarder.offer(opening.entry()));
  }

  void expireDeadlines(long now) {
    List<Opening> late = new ArrayList<>();
    open.values().removeIf(opening -> {
      boolean overdue = opening.deadlineNanos() - now <= 0;
      if (overdue) {
        late.add(opening);
      }
      return overdue;
    });
    endIfEmpty();
    late.forEach(opening -> opening.then().accept(NOT_NOW));
  }

  private void endIfEmpty() {
    if (open.isEmpty()) {
      resend.end();
    }
  }
}

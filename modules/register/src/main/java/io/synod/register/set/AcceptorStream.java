package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.model.InstanceId;
import io.synod.api.register.Acceptor;
import io.synod.link.Retransmission;

/**
 * How far one acceptor is in one ballot: what was sent, what is acknowledged. When nothing comes
 * back for a while it starts again at what is acknowledged. An acceptor that needs values older
 * than the window drops out of the stream until catch-up has brought it back.
 */
final class AcceptorStream {
  private static final int MOST_AHEAD = 4096;
  /** So many requests in vain: the acceptor is not only slow. */
  private static final int SILENT = 2;

  private final Acceptor acceptor;
  private final Adopt adopt;
  private final boolean opens;
  private final Retransmission retransmission;
  private final Runnable whenSilent;
  private boolean stored;
  private boolean holds;
  private boolean probing;
  private int unanswered;
  private InstanceId acked;
  private InstanceId sent;
  private long confirmed;

  /**
   * With {@code opens}, goes on asking until the acceptor holds all below the 1c.
   *
   * @param whenSilent called when nothing comes back for longer
   */
  AcceptorStream(
      Acceptor acceptor, Adopt adopt, boolean opens, RetransmissionFactory retransmissions,
      Runnable whenSilent) {
    this.acceptor = acceptor;
    this.adopt = adopt;
    this.opens = opens;
    this.acked = adopt.oneC().low().plus(-1);
    this.sent = adopt.oneC().windowEnd();
    this.whenSilent = whenSilent;
    this.retransmission = retransmissions.create(this::again);
  }

  /** Makes a retransmission that calls back. */
  interface RetransmissionFactory {
    Retransmission create(Runnable resend);
  }

  void open() {
    acceptor.adopt(adopt);
    retransmission.begin();
  }

  void close() {
    retransmission.end();
  }

  Acceptor acceptor() {
    return acceptor;
  }

  InstanceId acked() {
    return acked;
  }

  InstanceId sent() {
    return sent;
  }

  boolean stored() {
    return stored;
  }

  long confirmed() {
    return confirmed;
  }

  /** Whether the 1c is stored and the decided prefix below it is held. */
  boolean holds() {
    return holds;
  }

  void onStored(InstanceId held) {
    stored = true;
    unanswered = 0;
    holds |= !held.next().before(adopt.oneC().low());
    retransmission.answered();
    endIfDone();
  }

  /** No answer to a write: under steady reads, what was lost would never be due again. */
  void onConfirmed(long round) {
    confirmed = Math.max(confirmed, round);
  }

  /** 2b, cumulative: one that tells nothing new must not put off what was lost, either. */
  void onAccepted(InstanceId upTo) {
    if (!stored || acked.before(upTo)) {
      retransmission.answered();
    } else {
      retransmission.reached();
    }
    stored = true;
    probing = false;
    unanswered = 0;
    acked = InstanceId.max(acked, upTo);
    sent = InstanceId.max(sent, acked);
    endIfDone();
  }

  private void endIfDone() {
    if (stored && !acked.before(sent) && (holds || !opens)) {
      retransmission.end();
    }
  }

  void send(Accept run) {
    acceptor.accept(run);
    sent = run.last();
    retransmission.begin();
  }

  /** Whether another run may be sent: a silent acceptor gets one run at a time. */
  boolean open(InstanceId firstHeld) {
    InstanceId next = sent.next();
    return !next.before(firstHeld) && next.minus(acked) <= MOST_AHEAD
        && !(probing && acked.before(sent));
  }

  private void again() {
    probing = true;
    if (!stored) {
      acceptor.adopt(adopt);
      sent = adopt.oneC().windowEnd();
    } else if (acked.before(sent)) {
      sent = acked;
    }
    if (stored && opens && !holds) {
      acceptor.adopt(adopt);
    }
    unanswered++;
    if (unanswered == SILENT) {
      whenSilent.run(); // the last: it may end this ballot
    }
  }
}

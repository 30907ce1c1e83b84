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

  private final Acceptor acceptor;
  private final Adopt adopt;
  private final Retransmission retransmission;
  private boolean stored;
  private boolean probing;
  private InstanceId acked;
  private InstanceId sent;
  private long confirmed;

  AcceptorStream(Acceptor acceptor, Adopt adopt, RetransmissionFactory retransmissions) {
    this.acceptor = acceptor;
    this.adopt = adopt;
    this.acked = adopt.oneC().low().plus(-1);
    this.sent = adopt.oneC().windowEnd();
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

  void onStored() {
    stored = true;
    retransmission.answered();
  }

  void onConfirmed(long round) {
    confirmed = Math.max(confirmed, round);
    retransmission.answered();
  }

  /** 2b, cumulative. */
  void onAccepted(InstanceId upTo) {
    stored = true;
    probing = false;
    if (acked.before(upTo)) {
      acked = upTo;
    }
    sent = InstanceId.max(sent, acked);
    retransmission.answered();
    if (!acked.before(sent)) {
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
  }
}

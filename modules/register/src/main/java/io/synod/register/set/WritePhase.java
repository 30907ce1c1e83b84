package io.synod.register.set;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.api.register.Acceptor;
import io.synod.api.register.RoundBasedRegister.WriteListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * write(k, v) for consecutive instances of one ballot, behind the ballot's 1c (figures 5 and 11;
 * Phase2a of PCon): streams runs to each acceptor and counts quorums over watermarks.
 */
final class WritePhase {
  private static final int RUN_COUNT = 256;
  private static final long RUN_BYTES = 1L << 20;

  private final OneC oneC;
  private final boolean opens;
  private final QuorumSystem quorums;
  private final WriteListener listener;
  private final long streamBytes;
  private final Map<NodeId, AcceptorStream> streams = new LinkedHashMap<>();
  /** In the order of the quorum system; null for those in reserve. */
  private final AcceptorStream[] byIndex;
  private final long[] acked;
  private final WriteWindow window;
  private final boolean hasReserve;
  private final List<PendingConfirm> confirms = new ArrayList<>();
  private InstanceId decided;
  private InstanceId committed;
  private InstanceId flushed;
  private boolean settled;
  private boolean activated;
  private boolean toldSilent;
  private long round;
  private boolean roundOpen;

  private record PendingConfirm(long round, LongConsumer then) {}

  /**
   * What a ballot begins with.
   *
   * @param adopt its 1c
   * @param opens whether that opens its era
   * @param reserve acceptors that are left alone in this ballot
   */
  record Start(Adopt adopt, boolean opens, Set<NodeId> reserve) {}

  WritePhase(
      Start start, Map<NodeId, Acceptor> acceptors, QuorumSystem quorums, WriteListener listener,
      AcceptorStream.RetransmissionFactory retransmissions, long streamBytes) {
    this.oneC = start.adopt().oneC();
    this.opens = start.opens();
    this.quorums = quorums;
    this.listener = listener;
    this.streamBytes = streamBytes;
    this.window = new WriteWindow(oneC.low());
    this.decided = oneC.low().plus(-1);
    this.committed = decided;
    oneC.window().forEach(window::add);
    this.flushed = window.next();
    byIndex = new AcceptorStream[quorums.acceptors().size()];
    for (int i = 0; i < byIndex.length; i++) {
      NodeId id = quorums.acceptors().get(i);
      if (!start.reserve().contains(id)) {
        byIndex[i] = new AcceptorStream(
            acceptors.get(id), start.adopt(), opens, retransmissions, this::onSilent);
        streams.put(id, byIndex[i]);
      }
    }
    acked = new long[byIndex.length];
    hasReserve = !start.reserve().isEmpty();
  }

  Ballot ballot() {
    return oneC.ballot();
  }

  boolean isOf(Era era) {
    return oneC.era().equals(era);
  }

  /** Whether somebody was silent for longer. */
  boolean toldSilent() {
    return toldSilent;
  }

  void open() {
    streams.values().forEach(AcceptorStream::open);
  }

  void close() {
    streams.values().forEach(AcceptorStream::close);
  }

  private void onSilent() {
    if (hasReserve && !toldSilent) {
      toldSilent = true;
      listener.silent(ballot());
    }
  }

  void abort(Ballot higher) {
    listener.aborted(ballot(), higher);
  }

  /** The last instance written in this ballot. */
  InstanceId last() {
    return window.next().plus(-1);
  }

  void write(InstanceId instance, Value value) {
    Invariant.check(
        instance.equals(window.next()), "write at %s, next is %s", instance, window.next());
    window.add(value);
  }

  void decided(InstanceId upTo) {
    decided = InstanceId.max(decided, upTo);
    InstanceId needed = decided.next();
    if (window.bytes() < streamBytes) {
      for (AcceptorStream stream : streams.values()) {
        needed = stream.acked().before(needed) ? stream.acked().next() : needed;
      }
    }
    window.dropBelow(needed);
  }

  /** Sends each acceptor what it has not been sent; the same run as one message to all. */
  boolean flush() {
    boolean grown = flushed.before(window.next());
    flushed = window.next();
    Accept last = null;
    for (AcceptorStream stream : streams.values()) {
      while (sendable(stream)) {
        InstanceId from = stream.sent().next();
        if (last == null || !last.first().equals(from)) {
          last = new Accept(ballot(), from, window.run(from, RUN_COUNT, RUN_BYTES), decided);
        }
        stream.send(last);
      }
    }
    if (roundOpen) {
      roundOpen = false;
      askConfirm();
    }
    return grown;
  }

  /** Where fewer acknowledgements suffice now, the next ballot in place is to count them. */
  void without(LostStores lost) {
    if (quorums.without(lost.in(oneC.configuration())) != quorums) {
      listener.silent(ballot());
    }
  }

  private boolean sendable(AcceptorStream stream) {
    return stream.sent().next().before(window.next()) && stream.open(window.base());
  }

  void onReply(NodeId from, Reply reply) {
    AcceptorStream stream = streams.get(from);
    // Who has stored the 1c has seen to it that a founding member is the first store of its id.
    boolean votes = oneC.configuration().votes(from, reply.incarnation(), true);
    if (stream == null || !votes) {
      return;
    }
    if (reply instanceof Accepted accepted) {
      onAccepted(stream, accepted);
    } else if (reply instanceof Stored stored) {
      stream.onStored(stored.held());
      advance();
      activateIfHeld();
    } else if (reply instanceof Confirmed confirmed) {
      stream.onConfirmed(confirmed.round());
      completeConfirms();
    }
  }

  /** ackWRITE: chosen as far as a write quorum has acknowledged. */
  private void onAccepted(AcceptorStream stream, Accepted accepted) {
    if (!accepted.upTo().before(window.next())) {
      return; // it knows of decisions beyond this ballot: a higher one will show itself
    }
    stream.onAccepted(accepted.upTo());
    advance();
  }

  private void advance() {
    for (int i = 0; i < byIndex.length; i++) {
      acked[i] = byIndex[i] != null && byIndex[i].stored() ? byIndex[i].acked().number() : 0;
    }
    InstanceId reached = InstanceId.of(quorums.reachedByWriteQuorum(acked));
    if (committed.before(reached)) {
      committed = reached;
      listener.committed(ballot(), reached);
    }
    if (!settled && !reached.before(oneC.windowEnd()) && storedByWriteQuorum()) {
      settled = true;
      listener.stored(ballot());
    }
  }

  /** An era is active only when what lies below its first 1c is safe in its own hands. */
  private void activateIfHeld() {
    if (opens && !activated && quorums.isWriteQuorum(those(AcceptorStream::holds))) {
      activated = true;
      listener.activated(ballot());
    }
  }

  private boolean storedByWriteQuorum() {
    return quorums.isWriteQuorum(those(AcceptorStream::stored));
  }

  private Set<NodeId> those(Predicate<AcceptorStream> wanted) {
    Set<NodeId> found = new TreeSet<>();
    streams.forEach((id, stream) -> {
      if (wanted.test(stream)) {
        found.add(id);
      }
    });
    return found;
  }

  long confirm(LongConsumer then) {
    if (!roundOpen) {
      round++;
      roundOpen = true;
    }
    confirms.add(new PendingConfirm(round, then));
    return round;
  }

  /** Asks again when an answer may have been lost; called by the register's timer. */
  void remind() {
    if (!confirms.isEmpty() && !roundOpen) {
      askConfirm();
    }
  }

  boolean confirming() {
    return !confirms.isEmpty();
  }

  private void askConfirm() {
    Confirm request = new Confirm(ballot(), round);
    for (AcceptorStream stream : streams.values()) {
      stream.acceptor().confirm(request);
    }
  }

  private void completeConfirms() {
    while (!confirms.isEmpty() && confirmedByQuorum(confirms.get(0).round())) {
      PendingConfirm done = confirms.remove(0);
      done.then().accept(done.round());
    }
  }

  private boolean confirmedByQuorum(long atLeast) {
    Set<NodeId> those = those(stream -> stream.confirmed() >= atLeast);
    return listener.mayBePassedOver()
        ? quorums.isWriteQuorum(those) : quorums.isReadQuorum(those);
  }
}

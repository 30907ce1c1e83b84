package io.synod.replication;

import io.synod.api.model.InstanceId;
import io.synod.link.Retransmission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The commands of one session that this node has taken and not yet seen applied, in order. What
 * was sent and not applied for a while is sent again, from the first on.
 */
final class Outbox {
  private final ArrayDeque<Pending> sent = new ArrayDeque<>();
  private final ArrayDeque<Pending> unsent = new ArrayDeque<>();
  private final LongSupplier session;
  private final Predicate<byte[]> sender;
  private final Retransmission retransmission;
  private long last;
  private long bytes;

  /** Who waits for a command; each call ends the waiting, except that a late answer may follow. */
  interface Waiter {
    void applied(long sequence, InstanceId instance, byte[] result);

    /** The session is gone: nobody can say what became of the command. */
    void expired(long sequence);

    /** It was not answered in time; {@code sent} tells whether it may have effect. */
    void timedOut(long sequence, boolean sent);
  }

  /**
   * One command. In this node's own session the sequence is 0 until it is sent for the first
   * time; a client's commands come with theirs.
   */
  static final class Pending {
    private final byte[] entry;
    private final long deadlineNanos;
    private long sequence;
    private Waiter waiter;

    Pending(long sequence, byte[] entry, long deadlineNanos, Waiter waiter) {
      this.sequence = sequence;
      this.entry = entry;
      this.deadlineNanos = deadlineNanos;
      this.waiter = waiter;
    }
  }

  /** Makes a retransmission that calls back. */
  interface RetransmissionFactory {
    Retransmission create(Runnable resend);
  }

  Outbox(
      LongSupplier session, long firstSequence, Predicate<byte[]> sender,
      RetransmissionFactory retransmissions) {
    this.session = session;
    this.last = firstSequence - 1;
    this.sender = sender;
    this.retransmission = retransmissions.create(this::again);
  }

  boolean isEmpty() {
    return sent.isEmpty() && unsent.isEmpty();
  }

  /** How many commands wait, those included that nobody waits for any more. */
  int size() {
    return sent.size() + unsent.size();
  }

  /** Bytes of all commands that wait. */
  long bytes() {
    return bytes;
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** For a client's session: the sequence that the next command has to have. */
  long nextSequence() {
    return last + 1;
  }

  long firstSequence() {
    Pending first = sent.isEmpty() ? unsent.peek() : sent.peek();
    return first == null ? last + 1 : first.sequence;
  }

  void add(Pending pending) {
    if (pending.sequence != 0) {
      last = pending.sequence;
    }
    bytes += pending.entry.length;
    unsent.add(pending);
  }

  /** For a client's session: this command needs no sending. */
  void skip(long sequence) {
    last = sequence;
  }

  /** Sends what waits, in order, as long as somebody takes it. */
  void pump() {
    while (!unsent.isEmpty()) {
      Pending pending = unsent.peek();
      if (pending.sequence == 0) {
        pending.sequence = ++last;
        long first = sent.isEmpty() ? pending.sequence : sent.peek().sequence;
        Entry.number(pending.entry, session.getAsLong(), pending.sequence, first);
      }
      if (!sender.test(pending.entry)) {
        break;
      }
      sent.add(unsent.poll());
    }
    if (!sent.isEmpty()) {
      retransmission.begin();
    }
  }

  /** All that was sent and not applied goes to the front of the queue again. */
  void rewind() {
    while (!sent.isEmpty()) {
      unsent.addFirst(sent.pollLast());
    }
  }

  private void again() {
    rewind();
    pump();
    if (isEmpty()) {
      retransmission.end();
    }
  }

  /** A command of this session was applied; those of others before it never come here. */
  boolean applied(long sequence, InstanceId instance, byte[] result) {
    ArrayDeque<Pending> queue = sent.isEmpty() ? unsent : sent;
    Pending head = queue.peek();
    if (head == null || head.sequence != sequence) {
      return false;
    }
    queue.poll();
    bytes -= head.entry.length;
    if (isEmpty()) {
      retransmission.end();
    } else {
      retransmission.answered();
    }
    if (head.waiter != null) {
      head.waiter.applied(sequence, instance, result);
    }
    return true;
  }

  /** Gives up waiting for what is overdue; what was sent stays, since it may have effect. */
  void expireDeadlines(long now) {
    List<Pending> late = new ArrayList<>();
    for (Pending pending : sent) {
      if (pending.deadlineNanos - now > 0) {
        break;
      }
      late.add(pending);
    }
    Iterator<Pending> waiting = unsent.iterator();
    while (waiting.hasNext()) {
      Pending pending = waiting.next();
      if (pending.deadlineNanos - now > 0) {
        break;
      }
      late.add(pending);
      if (pending.sequence == 0) {
        waiting.remove();
        bytes -= pending.entry.length;
      }
    }
    late.forEach(Outbox::timeOut);
  }

  private static void timeOut(Pending pending) {
    Waiter waiter = pending.waiter;
    if (waiter != null) {
      pending.waiter = null;
      waiter.timedOut(pending.sequence, pending.sequence != 0);
    }
  }

  /** The session is gone: what was numbered is lost, what was not may go into a new session. */
  void expired() {
    rewind();
    retransmission.end();
    while (!unsent.isEmpty() && unsent.peek().sequence != 0) {
      Pending pending = unsent.poll();
      bytes -= pending.entry.length;
      if (pending.waiter != null) {
        pending.waiter.expired(pending.sequence);
      }
    }
    last = 0;
  }

  /** Forgets everything, silently. */
  int drop() {
    int dropped = sent.size() + unsent.size();
    retransmission.end();
    sent.clear();
    unsent.clear();
    bytes = 0;
    return dropped;
  }
}

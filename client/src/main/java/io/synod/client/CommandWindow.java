package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.replication.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of one session: those sent at least once, which have a sequence number for good,
 * and those that wait and have none yet.
 *
 * <pre>
 * head ........ next ........ end | waiting
 * first         first not yet      sequence of the
 * unanswered    sent on this       next new command
 *               connection
 * </pre>
 *
 * A command that was sent keeps its place until it is answered, whatever its caller was told:
 * nodes apply a session strictly in order of sequence, so that no number may ever be used for
 * another command.
 */
final class CommandWindow {
  private static final long FIRST_SEQUENCE = 1;
  private static final int MOST_PER_MESSAGE = 4_096;
  private static final int LEAST_RING = 64;
  private static final long NEVER = Long.MAX_VALUE;

  private final Completions completions;
  private final long batchBytes;
  private final ArrayDeque<PendingCommand> waiting = new ArrayDeque<>();
  private final RunsInFlight runs = new RunsInFlight();
  private PendingCommand[] ring = new PendingCommand[LEAST_RING];
  private long waitingBytes;
  private long session;
  private long head = FIRST_SEQUENCE;
  private long next = FIRST_SEQUENCE;
  private long end = FIRST_SEQUENCE;
  private long timedOut = FIRST_SEQUENCE;
  private long invalidAt = NEVER;
  private long waitingSince;
  private boolean probing;

  CommandWindow(Completions completions, long batchBytes) {
    this.completions = completions;
    this.batchBytes = batchBytes;
  }

  void add(PendingCommand command) {
    waiting.add(command);
    waitingBytes += command.command().length;
  }

  boolean isEmpty() {
    return head == end && waiting.isEmpty();
  }

  long session() {
    return session;
  }

  boolean needsSession() {
    return session == 0 && !waiting.isEmpty();
  }

  void opened(long session) {
    this.session = session;
  }

  /** Since when the current connection owes an answer; only if {@link #awaitsAnswer()}. */
  long waitingSince() {
    return waitingSince;
  }

  boolean awaitsAnswer() {
    return next > head;
  }

  /** A new connection, or a refusal: everything unanswered has to be sent again. */
  void rewind(boolean probe) {
    next = head;
    probing |= probe;
    runs.clear();
  }

  /** Sends what may be sent now. */
  void send(ClientMessageSink link, long now) {
    if (session == 0) {
      return;
    }
    if (next == head) {
      waitingSince = now;
    }
    long limit = Math.min(end, invalidAt);
    while (next < limit) {
      link.send(submit(limit));
    }
    while (mayTakeMore()) {
      takeRun(probing ? 1 : MOST_PER_MESSAGE);
      link.send(submit(end));
      runs.add(end);
    }
  }

  /**
   * While no node is known to take commands, new ones stay unsent, so that their outcome can be
   * a plain rejection. Small messages are held back while several are unanswered: what comes
   * meanwhile shares the next one.
   */
  private boolean mayTakeMore() {
    if (waiting.isEmpty() || probing && end > head || invalidAt != NEVER) {
      return false;
    }
    return runs.hasRoom() || waitingBytes >= batchBytes;
  }

  private void takeRun(int most) {
    long bytes = 0;
    for (int n = 0; n < most && !waiting.isEmpty(); n++) {
      int size = waiting.peek().command().length;
      if (n > 0 && bytes + size > batchBytes) {
        return;
      }
      bytes += size;
      waitingBytes -= size;
      append(waiting.poll());
    }
  }

  /** One message from {@code next} on, up to {@code limit}; moves {@code next} behind it. */
  private ClientMessage.Submit submit(long limit) {
    long sequence = next;
    List<byte[]> commands = new ArrayList<>((int) Math.min(limit - next, MOST_PER_MESSAGE));
    long bytes = 0;
    while (next < limit && commands.size() < MOST_PER_MESSAGE) {
      PendingCommand command = at(next);
      bytes += command.command().length;
      if (!commands.isEmpty() && bytes > batchBytes) {
        break;
      }
      command.sent();
      commands.add(command.command());
      next++;
    }
    // One less than could be said: true whether a node forgets below this number or up to it.
    return new ClientMessage.Submit(session, sequence, head - 1, commands);
  }

  void applied(ClientMessage.Result result, long now) {
    long sequence = result.sequence();
    if (result.session() != session || sequence < head || sequence >= end) {
      return;
    }
    PendingCommand command = at(sequence);
    if (!command.answered()) {
      command.answered(true);
      probing = false;
      tell(command, new Outcome.Applied(result.instance(), result.result()));
    }
    advance(now);
  }

  private void advance(long now) {
    while (head < end && at(head).answered()) {
      completions.free(at(head).command().length);
      ring[slot(head)] = null;
      head++;
      waitingSince = now;
    }
    runs.answered(head);
    next = Math.max(next, head);
    if (head == invalidAt) {
      leaveInvalidBehind();
    }
  }

  /** A node will never take this one; those behind it cannot be applied in this session. */
  void invalid(long sequence, String reason, long now) {
    if (sequence < head || sequence >= Math.min(end, invalidAt)
        || at(sequence).answered()) {
      return;
    }
    PendingCommand command = at(sequence);
    invalidAt = sequence;
    if (command.sentBefore()) {
      tell(command, new Outcome.Indeterminate("refused as invalid, but only when sent again, "
          + "so that an earlier copy may take effect: " + reason));
    } else {
      tell(command, new Outcome.Rejected(Outcome.Rejected.Reason.TOO_LARGE, reason));
    }
    advance(now);
  }

  /**
   * The first unanswered command is invalid. If no copy of it went elsewhere, its number stays
   * empty for good and nothing behind it can be applied: those commands may start anew in
   * another session. Otherwise nothing is known about them.
   */
  private void leaveInvalidBehind() {
    boolean unknown = at(head).sentBefore();
    for (long s = end - 1; s > head; s--) {
      PendingCommand command = at(s);
      if (unknown) {
        drop(command, new Outcome.Indeterminate("behind a command with an unknown outcome"));
      } else if (command.settled()) {
        completions.free(command.command().length);
      } else {
        startAnew(command);
      }
    }
    completions.free(at(head).command().length);
    forgetSession();
  }

  private void startAnew(PendingCommand command) {
    command.forgetSends();
    waiting.addFirst(command);
    waitingBytes += command.command().length;
  }

  /** The nodes know the session no more. */
  void expired() {
    for (long s = head; s < end; s++) {
      if (at(s).answered()) {
        completions.free(at(s).command().length);
      } else {
        drop(at(s), new Outcome.Indeterminate("the session expired before an answer came"));
      }
    }
    forgetSession();
  }

  private void forgetSession() {
    for (long s = head; s < end; s++) {
      ring[slot(s)] = null;
    }
    session = 0;
    head = FIRST_SEQUENCE;
    next = FIRST_SEQUENCE;
    end = FIRST_SEQUENCE;
    timedOut = FIRST_SEQUENCE;
    invalidAt = NEVER;
    runs.clear();
  }

  /** Tells the callers whose time is up; what was sent goes on in the background. */
  void timeOut(long now) {
    timedOut = Math.max(timedOut, head);
    while (timedOut < end && at(timedOut).deadline() - now <= 0) {
      tell(at(timedOut), new Outcome.Indeterminate("no answer within the request timeout"));
      timedOut++;
    }
    while (!waiting.isEmpty() && waiting.peek().deadline() - now <= 0) {
      PendingCommand command = waiting.poll();
      waitingBytes -= command.command().length;
      drop(command, new Outcome.Rejected(Outcome.Rejected.Reason.UNAVAILABLE,
          "no node took it within the request timeout"));
    }
  }

  /** When {@link #timeOut} has to be called next. */
  long nextTimeout(long otherwise) {
    long at = Math.max(timedOut, head);
    if (at < end) {
      return Times.earlier(otherwise, at(at).deadline());
    }
    return waiting.isEmpty() ? otherwise : Times.earlier(otherwise, waiting.peek().deadline());
  }

  /** The client closes and waits no longer. */
  void close() {
    for (long s = head; s < end; s++) {
      drop(at(s), new Outcome.Indeterminate("the client was closed before an answer came"));
    }
    forgetSession();
    for (PendingCommand command : waiting) {
      drop(command, new Outcome.Rejected(Outcome.Rejected.Reason.CLOSED, ClientCore.CLOSED));
    }
    waiting.clear();
    waitingBytes = 0;
  }

  private void drop(PendingCommand command, Outcome outcome) {
    tell(command, outcome);
    completions.free(command.command().length);
  }

  private void tell(PendingCommand command, Outcome outcome) {
    if (command.settle(outcome)) {
      completions.add(command);
    }
  }

  private void append(PendingCommand command) {
    if (end - head == ring.length) {
      grow();
    }
    ring[slot(end)] = command;
    end++;
  }

  private void grow() {
    PendingCommand[] wider = new PendingCommand[ring.length * 2];
    for (long s = head; s < end; s++) {
      wider[(int) (s & (wider.length - 1))] = at(s);
    }
    ring = wider;
  }

  private PendingCommand at(long sequence) {
    return ring[slot(sequence)];
  }

  private int slot(long sequence) {
    return (int) (sequence & (ring.length - 1));
  }
}

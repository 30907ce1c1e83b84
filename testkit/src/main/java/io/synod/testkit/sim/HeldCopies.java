package io.synod.testkit.sim;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Keeps copies of messages and lets them arrive when nobody expects them any more: answers of
 * acceptors after a later ballot has begun, anything after its receiver has restarted.
 */
final class HeldCopies {
  private static final int MOST = 64;
  private static final long AFTER_BALLOT = World.SECOND;
  private static final long AFTER_RESTART = 50 * World.MILLI;

  private final SeededRandom random;
  private final NetworkFaults faults;
  private final Postman postman;
  private final Deque<Copy> answers = new ArrayDeque<>();
  private final List<Deque<Copy>> byReceiver = new ArrayList<>();
  private Ballot highest = Ballot.BOTTOM;

  /** Delivers a copy. */
  interface Postman {
    /** After that delay, unless the link is cut then. */
    void deliver(int from, int to, byte[] bytes, long delay);
  }

  HeldCopies(SeededRandom random, NetworkFaults faults, Postman postman) {
    this.random = random;
    this.faults = faults;
    this.postman = postman;
    for (int i = 0; i < faults.nodes(); i++) {
      byReceiver.add(new ArrayDeque<>());
    }
  }

  /** A message leaves: perhaps a copy is kept, perhaps older ones go. */
  void sent(int from, int to, Message message, byte[] bytes) {
    if (message instanceof RegisterMessage.Request request) {
      begun(request.ballot());
    } else if (message instanceof RegisterMessage.Reply reply && random.chance(faults.stale())) {
      keep(answers, new Copy(from, to, bytes, reply.ballot()));
    }
    if (random.chance(faults.held())) {
      keep(byReceiver.get(to), new Copy(from, to, bytes, Ballot.BOTTOM));
    }
  }

  private static void keep(Deque<Copy> copies, Copy copy) {
    if (copies.size() == MOST) {
      copies.poll();
    }
    copies.add(copy);
  }

  private void begun(Ballot ballot) {
    if (!highest.before(ballot)) {
      return;
    }
    highest = ballot;
    for (Iterator<Copy> each = answers.iterator(); each.hasNext();) {
      Copy copy = each.next();
      if (copy.ballot.before(ballot)) {
        each.remove();
        release(copy, FaultKind.STALE_ANSWERS, AFTER_BALLOT);
      }
    }
  }

  /** That node has started again. */
  void restarted(int receiver) {
    Deque<Copy> copies = byReceiver.get(receiver);
    copies.forEach(copy -> release(copy, FaultKind.HELD_COPIES, AFTER_RESTART));
    copies.clear();
  }

  private void release(Copy copy, FaultKind kind, long mean) {
    faults.counts().add(kind);
    postman.deliver(copy.from, copy.to, copy.bytes, random.exponential(mean));
  }

  private record Copy(int from, int to, byte[] bytes, Ballot ballot) {}
}

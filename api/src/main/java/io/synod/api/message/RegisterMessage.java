package io.synod.api.message;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The round-based register's messages (Deconstructing Paxos, figures 5 and 11), with Lamport's
 * names. A ballot's promise stands for all instances.
 *
 * <pre>
 * proposer  --- Prepare 1a ---&gt;  acceptor  --- Promise 1b | Nack ---&gt;
 * proposer  --- Adopt 1c -----&gt;  acceptor  --- Stored | Nack -------&gt;
 * proposer  --- Accept 2a ----&gt;  acceptor  --- Accepted 2b | Nack --&gt;
 * proposer  --- Confirm ------&gt;  acceptor  --- Confirmed | Nack ----&gt;
 * proposer  --- Lease --------&gt;  acceptor  --- Leased | Nack -------&gt;
 * </pre>
 */
public sealed interface RegisterMessage extends Message {
  /** The ballot that the message belongs to. */
  Ballot ballot();

  /** What an acceptor answers. */
  sealed interface Request extends RegisterMessage {}

  /** What a proposer waits for. */
  sealed interface Reply extends RegisterMessage {
    /** The store that answers; quorums count (id, incarnation). */
    Incarnation incarnation();
  }

  /** 1a, READ: asks for a promise of {@code ballot} and all votes at instances ≥ from. */
  record Prepare(Ballot ballot, Era era, InstanceId from) implements Request {}

  /**
   * 1b, ackREAD. {@code kept}: below it the acceptor has no votes any more (all decided).
   * {@code floor}: below it everything is known to be decided. {@code votes}: all votes at
   * instances ≥ max(from, kept), in order of instances. {@code active}: the highest era known to
   * be active. {@code adopted}: the highest era of a stored 1c. {@code configurations}: of the
   * eras above the one asked in, as far as known. {@code founding}: the store is known to be the
   * first under its id. All of it is on disk before it is sent.
   */
  record Promise(
      Ballot ballot, Incarnation incarnation, boolean founding, InstanceId kept,
      InstanceId floor, Era active, Era adopted, Map<Era, Configuration> configurations,
      List<Vote> votes) implements Reply {
    /** Copies the votes, and the configurations in the order of eras. */
    public Promise {
      configurations = Collections.unmodifiableMap(new TreeMap<>(configurations));
      votes = List.copyOf(votes);
    }
  }

  /**
   * 1c: what is safe in this ballot, to be stored. {@code votesToAll}: the 2b's of this ballot go
   * to all its acceptors, which count them, so that others may know a decision before the proposer.
   */
  record Adopt(OneC oneC, boolean votesToAll) implements Request {
    /** With the proposer alone to hear of votes. */
    public Adopt(OneC oneC) {
      this(oneC, false);
    }

    @Override
    public Ballot ballot() {
      return oneC.ballot();
    }
  }

  /**
   * The 1c of this ballot is on disk, with its votes; so is the decided prefix up to {@code held}.
   */
  record Stored(Ballot ballot, Incarnation incarnation, InstanceId held) implements Reply {}

  /**
   * 2a, WRITE, for the run of consecutive instances that starts at {@code first}. It carries the
   * decisions so far: everything ≤ {@code decided} is chosen.
   */
  record Accept(Ballot ballot, InstanceId first, List<Value> values, InstanceId decided)
      implements Request {
    /** Copies the list; refuses an empty run. */
    public Accept {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a 2a without a value");
      }
    }

    /** The last instance of the run. */
    public InstanceId last() {
      return first.plus(values.size() - 1L);
    }
  }

  /**
   * 2b, ackWRITE, cumulative: for every instance from the 1c's {@code low} to {@code upTo} this
   * acceptor's vote in {@code ballot} is on disk, or the instance is decided and held.
   */
  record Accepted(Ballot ballot, Incarnation incarnation, InstanceId upTo) implements Reply {}

  /** Asks whether {@code ballot} is still the highest promised; {@code round} pairs the answer. */
  record Confirm(Ballot ballot, long round) implements Request {}

  /** At the time of sending, nothing above {@code ballot} had been promised. */
  record Confirmed(Ballot ballot, Incarnation incarnation, long round) implements Reply {}

  /**
   * Asks the acceptor to answer, for {@code nanos} of its own clock from the receipt on, no 1a
   * and no 1c of any other proposer; {@code number} pairs the answer.
   */
  record Lease(Ballot ballot, long number, long nanos) implements Request {}

  /** Granted, while {@code ballot} was the highest promised and its 1c is on disk. */
  record Leased(Ballot ballot, Incarnation incarnation, long number) implements Reply {}

  /** nackREAD and nackWRITE: {@code ballot} came too late, {@code promised} is higher. */
  record Nack(Ballot ballot, Incarnation incarnation, Ballot promised) implements Reply {}
}

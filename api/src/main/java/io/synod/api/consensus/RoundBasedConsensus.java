package io.synod.api.consensus;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Round-based consensus (Deconstructing Paxos §3.2; figures 6 and 20) for the consecutive
 * instances of a log. The classic kind reads and writes for every proposal; the fast kind writes
 * only, while it is prepared. Loop thread only.
 */
public interface RoundBasedConsensus {
  /** Where it stands. */
  enum Status {
    /** Not proposing. */
    IDLE,
    /** Reading, or learning what must be known before it may propose. */
    PREPARING,
    /** May propose. */
    READY
  }

  /** Who hears; set once. */
  void listener(Listener listener);

  /** Starts to lead with a ballot above all seen; {@code undecided} is the first to settle. */
  void lead(InstanceId undecided);

  /** Stops proposing; what is on its way may still be decided. */
  void resign();

  /** Where it stands. */
  Status status();

  /** propose(k, v) at the next free instance; while READY only. */
  void propose(Value value);

  /**
   * Asks the authority to make the next era, where the log does not: goes on in it in place once
   * it is made, or is deposed. While READY only.
   */
  void make(Reconfigure change);

  /** The era of the own ballot; while READY only. */
  Era era();

  /** How many proposals are not decided yet. */
  int inFlight();

  /** Sends what this turn amounts to; true if the decisions ride on new proposals. */
  boolean flush();

  /** The own ballot, unless idle. */
  Optional<Ballot> ballot();

  /** Somebody used this ballot: ends the own leadership if it is higher, raises the next one. */
  void onBallotSeen(Ballot seen);

  /** All instances ≤ upTo are decided, by whatever way this was learned. */
  void onDecided(InstanceId upTo);

  /**
   * Confirms with a quorum that the own ballot is still the highest. Returns a number; the
   * listener's {@code then} gets it, or a later one. While READY only.
   */
  long confirm(LongConsumer then);

  /**
   * Whether no other proposer can lead at this moment, by a lease on the own clock; asks for it,
   * or for its renewal, when that is due. Says nothing about what is settled. False unless READY.
   */
  boolean leased();

  /** What a proposer tells the layer above. */
  interface Listener {
    /** (commit, v): {@code value} is decided at {@code instance}; in order, without gaps. */
    void decided(Ballot ballot, InstanceId instance, Value value);

    /** It may propose now. */
    void ready(Ballot ballot);

    /** What earlier ballots may have chosen is decided: a read index is valid from now on. */
    void settled(Ballot ballot);

    /** It went on to {@code ballot} in place, in another era; confirmations wait for its 1c. */
    void handedOver(Ballot ballot, Era era);

    /**
     * It asks acceptors of this configuration, which a vote tells of: whether it was made is not
     * known, but they must be reachable.
     */
    void asks(Configuration configuration);

    /** A fact: {@code era} is active. */
    void activated(Era era, Configuration configuration);

    /**
     * (abort, ·): {@code higher} is in use, and what was proposed may or may not be chosen.
     *
     * @param wasReady a rival has taken over; otherwise it was only preparing, or the one who keeps
     *     eras knows a higher ballot, whose proposer may be long gone
     */
    void deposed(Ballot higher, boolean wasReady);

    /** Before it may propose, decisions below {@code upTo} must be learned, from this holder. */
    void mustLearn(InstanceId upTo, Optional<io.synod.api.model.NodeId> holder);
  }
}

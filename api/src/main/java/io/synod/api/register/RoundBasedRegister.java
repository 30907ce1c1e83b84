package io.synod.api.register;

import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The round-based register of Deconstructing Paxos (§3.1; figures 5 and 11) for all instances of
 * a log at once, over a set of acceptors and a quorum system. One ballot at a time; starting a
 * higher one forgets what the lower one waited for. Loop thread only.
 *
 * <p>A write that aborts may still be read later: {@code write} is not atomic.
 */
public interface RoundBasedRegister {
  /**
   * read(k) for all instances ≥ {@code first}: asks a read quorum of {@code era} until it answers
   * or somebody refuses; resends meanwhile. With k = 0 and the own acceptor among those asked,
   * others are asked only once its promise is durable: no later life may use the ballot again.
   */
  void read(
      Ballot ballot, Era era, Configuration configuration, InstanceId first,
      Consumer<ReadOutcome> then);

  /**
   * The read has committed, and what it found shows that this configuration may have voted, too:
   * reads a quorum of it in the same ballot. Then the reader of {@link #read} is called again, with
   * all that all acceptors said.
   */
  void readAlso(Configuration configuration);

  /**
   * Phase 1c: tells the acceptors of the 1c's era what is safe; its window counts as written.
   * From here on writes belong to this ballot and start right after the window. In the ballot that
   * follows the present one in place, this is a hand-over: nothing more is written in the present
   * one, but acknowledgements of what was written in it still count.
   *
   * @param opens whether the 1c's era is not known to be active yet
   */
  void adopt(OneC oneC, boolean opens, WriteListener listener);

  /** write(k, v) for the next consecutive instance; several may be on their way. */
  void write(InstanceId instance, Value value);

  /** Everything ≤ {@code upTo} is decided: rides on the next message, forgets old values. */
  void decided(InstanceId upTo);

  /**
   * Asks a quorum whether the ballot is still the highest; {@code then} gets the number that
   * this call returned, or any later one.
   */
  long confirm(LongConsumer then);

  /**
   * Whether a write quorum keeps other proposers out at this moment, by a lease on the own clock
   * that goes from ballot to ballot in place within one era. Asks for it, or for its renewal, when
   * that is due: a lease nobody wants lapses. {@link #stop} ends it.
   */
  boolean leased();

  /**
   * RECOVERED (figure 15): that store has lost its memory for good, so that no answer of it is on
   * the way to an attempt that begins now. Where fewer answers suffice then, what is under way
   * starts over: a read says so, a write asks for the next ballot in place by {@code silent}.
   *
   * @param lost as configurations name it
   */
  default void recovered(NodeId id, Incarnation lost) {}

  /** An acceptor's answer that came in a message. */
  void onReply(NodeId from, Reply reply);

  /** Sends what the writes of this turn amount to; true if new writes
   * went out, with the decisions riding on them. */
  boolean flush();

  /** Forgets the ballot and the lease; nothing more is sent or reported. */
  void stop();

  /** How far writes have come. */
  interface WriteListener {
    /** The 1c is stored by a write quorum. */
    void stored(Ballot ballot);

    /** It opened its era, and a write quorum has stored it and holds what lies below it. */
    void activated(Ballot ballot);

    /** All instances ≤ {@code upTo} are written by a write quorum: chosen. */
    void committed(Ballot ballot, InstanceId upTo);

    /**
     * An acceptor is silent, and others are held in reserve (Cheap Paxos), or it is silent for good
     * and fewer answers suffice without it (winter): so it is from the next ballot on that follows
     * in place. Told once a ballot for each.
     */
    default void silent(Ballot ballot) {}

    /**
     * Whether a later leader may go on in another era after it has read this one, without a write
     * in it: then a read quorum cannot confirm the ballot, as two of them need not meet; a write
     * quorum does.
     */
    default boolean mayBePassedOver() {
      return false;
    }

    /** Somebody promised {@code higher}: this ballot is over. */
    void aborted(Ballot ballot, Ballot higher);
  }
}

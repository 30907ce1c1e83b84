package io.synod.api.reconfig;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows which configuration belongs to which era, which era is active, and which the decided
 * prefix has made. What it knows only grows. Loop thread only; whoever tells it something durable
 * persists that.
 */
public interface Authority {
  /** The highest era known to be active. */
  Era active();

  /**
   * The era that was made last: by the decided prefix known here, or by the master as it has told
   * a leader of this node. A leader may open no later one.
   */
  Era made();

  /** The configuration of an era that is known; refuses an unknown one by number. */
  Configuration configuration(Era era);

  /** The configuration of an era, if it is known. */
  Optional<Configuration> known(Era era);

  /** All of it, for a checkpoint or a snapshot. */
  Eras eras();

  /**
   * Whom to tell of decisions: all members of the active era and of later ones that keep the state
   * machine, in order.
   */
  List<NodeId> audience();

  /** The configuration of an era, as a stored 1c, a 1b or a peer shows it. */
  void learn(Era era, Configuration configuration);

  /** {@code era} is active; true if that is news. */
  boolean activate(Era era, Configuration configuration);

  /** The next value of the decided prefix, in order; true if it has made an era. */
  boolean decided(Value value);

  /** A snapshot takes the place of the decided prefix: what it says was made. */
  void restore(Eras snapshot);

  /** Replays a record, in order. Records of other layers are ignored. */
  void recover(DurableRecord record);

  /** Whether a Reconfigure in the log makes an era; else {@link #make} does. */
  default boolean inLog() {
    return true;
  }

  /**
   * Before phase 1 of a new leader's ballot: sees to it that no lower ballot can make an era from
   * here on, and learns which eras were made. {@code then} hears it on the loop, within the call
   * where the log makes eras; never, if somebody registers another ballot here meanwhile.
   */
  default void register(Ballot ballot, Consumer<Standing> then) {
    then.accept(new Standing(Ballot.BOTTOM, active()));
  }

  /**
   * Where the log does not make eras: asks for the one of {@code change}, on behalf of the leader
   * whose next ballot in place is {@code ballot}. {@code then} hears once it is made, or cannot be
   * made in this ballot any more; never, if another question takes its place.
   */
  default void make(Reconfigure change, Ballot ballot, Consumer<Standing> then) {
    throw new UnsupportedOperationException("eras are made in the log");
  }

  /** This node, as the leader, has seen {@code era} become active. */
  default void complete(Era era) {}

  /** The era that a change asked for here would follow. */
  default Era inForce() {
    return made();
  }

  /** What a snapshot of the state machine says of eras. */
  default Eras asOfSnapshot() {
    return eras().asOfLog();
  }

  /**
   * What the master has said.
   *
   * @param highest the highest ballot registered; in the log nobody registers
   * @param active the highest era that is complete
   */
  record Standing(Ballot highest, Era active) {}
}

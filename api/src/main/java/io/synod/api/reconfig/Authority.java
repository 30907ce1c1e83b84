package io.synod.api.reconfig;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Optional;

/**
 * Knows which configuration belongs to which era, which era is active, and which the decided
 * prefix has made. What it knows only grows. Loop thread only; whoever tells it something durable
 * persists that.
 */
public interface Authority {
  /** The highest era known to be active. */
  Era active();

  /** The era that the decided prefix known here has made last. */
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
}

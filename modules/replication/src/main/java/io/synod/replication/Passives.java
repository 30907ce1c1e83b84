package io.synod.replication;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import java.util.List;

/**
 * Whoever keeps the stand-ins for passive acceptors; messages to those go to them. Called on the
 * loop.
 */
public interface Passives {
  /** For nodes without any. */
  Passives NONE = new Passives() {
    @Override
    public void members(List<Member> known) {}

    @Override
    public void held(InstanceId byAll, InstanceId byMost) {}
  };

  /** These, and no others, are to be reached from now on; in the order of ids. */
  void members(List<Member> known);

  /** How far the decided prefix is on disk at all, and at most, that keep the state machine. */
  void held(InstanceId byAll, InstanceId byMost);
}

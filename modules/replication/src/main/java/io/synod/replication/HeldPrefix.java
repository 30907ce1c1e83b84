package io.synod.replication;

import io.synod.api.model.Configuration;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the decided prefix is on disk at the processes that keep the state machine: passive
 * acceptors keep no log, so they may drop votes, and stand for what lies below a 1c, only as far as
 * that.
 */
final class HeldPrefix {
  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private Passives passives = Passives.NONE;
  private InstanceId own = InstanceId.NONE;
  private boolean asked;
  private boolean changed;

  HeldPrefix(LayerContext context, Layers layers, EraKeeper eras) {
    this.context = context;
    this.layers = layers;
    this.eras = eras;
  }

  void passives(Passives those) {
    passives = those;
  }

  /** A peer has said how far it is. */
  void news() {
    changed = true;
  }

  void endOfTurn() {
    if (passives == Passives.NONE || !eras.hasPassive()) {
      return;
    }
    InstanceId decided = layers.broadcast().decided();
    if (!asked && own.before(decided)) {
      asked = true;
      context.effects().whenDurable(() -> durable(decided));
    }
    if (changed) {
      changed = false;
      tell();
    }
  }

  private void durable(InstanceId upTo) {
    asked = false;
    own = upTo;
    changed = true;
  }

  private void tell() {
    Configuration latest = layers.authority().configuration(layers.authority().made());
    List<InstanceId> held = new ArrayList<>();
    for (NodeId id : latest.learners()) {
      held.add(id.equals(context.self()) ? own : eras.decided(id));
    }
    held.sort(null);
    passives.held(held.get(0), held.get((held.size() - 1) / 2));
  }
}

package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.sim.SimulatedPassives.Fate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** To a disk, where the process writes to its own area, or to a database, in one transaction. */
final class StoredAccess implements PassiveAccess {
  private final SimulatedPassives passives;
  private final NodeId process;
  private final NodeId id;
  private final BooleanSupplier gone;
  private final PassiveTamper tamper;
  private long opening;

  /**
   * Of that process to that acceptor.
   *
   * @param gone whether the process has stopped, or uses the acceptor no more
   */
  StoredAccess(
      SimulatedPassives passives, NodeId process, NodeId id, BooleanSupplier gone,
      PassiveTamper tamper) {
    this.passives = passives;
    this.process = process;
    this.id = id;
    this.gone = gone;
    this.tamper = tamper;
  }

  @Override
  public void open(Consumer<List<DurableRecord>> opened, Runnable failed) {
    if (passives.reaches(process, id)) {
      opening = passives.open(process, id);
      opened.accept(passives.own(process, id));
    } else {
      failed.run();
    }
  }

  @Override
  public void exchange(Step step, Consumer<View> done, Runnable lost) {
    Fate fate = passives.reaches(process, id) ? passives.fate() : Fate.NOTHING_WRITTEN;
    View early = tamper.readsFirst() ? passives.others(process, id, step.votesFrom()) : null;
    passives.later(() -> write(step, fate, view -> passives.later(() -> {
      if (fate == Fate.DONE && passives.reaches(process, id)) {
        done.accept(read(step, view, early));
      } else {
        lost.run();
      }
    })));
  }

  private void write(Step step, Fate fate, Consumer<View> written) {
    if (!passives.isOpen(process, id, opening)) {
      return;
    }
    boolean stopped = gone.getAsBoolean();
    // The process stopped while it was writing: that may have come there, or in part.
    Fate left = stopped && passives.isWrittenAfterCrash() ? Fate.PARTLY_WRITTEN : fate;
    View swapped = null;
    if (passives.atomic()) {
      swapped = passives.swap(id, step, left);
    } else {
      passives.write(process, id, step.records(), left);
    }
    if (!stopped) {
      written.accept(swapped);
    }
  }

  private View read(Step step, View swapped, View early) {
    return passives.atomic() ? swapped
        : tamper.readsFirst() ? early : passives.others(process, id, step.votesFrom());
  }
}

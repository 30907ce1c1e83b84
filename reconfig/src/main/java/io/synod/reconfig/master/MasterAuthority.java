package io.synod.reconfig.master;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.MasterCell;
import io.synod.reconfig.eras.KnownEras;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Eras by a separate group. Which era was made last is believed only from an answer that shows no
 * higher ballot than the one asked in: a leader that learns of an era from above is deposed.
 */
final class MasterAuthority extends KnownEras {
  /** A leader that has missed so many changes has not missed the end of its own ballot. */
  private static final long REMEMBERED = 64;

  private final MasterClient master;
  /** The highest era that a snapshot shows to be active. */
  private Era shown = Era.ZERO;

  MasterAuthority(LayerContext context, MasterCell cell) {
    super(context.founders());
    this.master = new MasterClient(context, cell, this::active);
  }

  @Override
  public boolean inLog() {
    return false;
  }

  /** Nothing in the log makes an era. */
  @Override
  public boolean decided(Value value) {
    return false;
  }

  @Override
  public void register(Ballot ballot, Consumer<Standing> then) {
    master.ask(
        new MasterCommand.Register(ballot), state -> then.accept(told(ballot, state)));
  }

  @Override
  public void make(Reconfigure change, Ballot ballot, Consumer<Standing> then) {
    master.ask(
        new MasterCommand.Make(change.expected(), ballot, change.configuration()),
        state -> then.accept(told(ballot, state)));
  }

  @Override
  public void complete(Era era) {
    master.complete(era);
  }

  private Standing told(Ballot ballot, MasterState state) {
    Eras eras = state.eras();
    eras.configurations().forEach(this::learn);
    if (state.highest().sameLeader(ballot)) {
      if (made().compareTo(eras.made()) < 0) {
        made(eras.made(), eras.configurations().get(eras.made()));
      }
      if (eras.active().compareTo(active()) < 0) {
        complete(active()); // whoever should have told was stopped before
      }
    }
    return new Standing(state.highest(), eras.active());
  }

  @Override
  public Era inForce() {
    return Era.max(active(), made());
  }

  @Override
  public Eras eras() {
    return new Eras(active(), inForce(), super.eras().configurations());
  }

  @Override
  public Eras asOfSnapshot() {
    Era era = Era.max(active(), shown);
    Map<Era, Configuration> one = new TreeMap<>();
    known(era).ifPresent(configuration -> one.put(era, configuration));
    return new Eras(era, era, one);
  }

  @Override
  public void restore(Eras snapshot) {
    snapshot.configurations().forEach(this::learn);
    shown = Era.max(shown, snapshot.active());
  }

  @Override
  protected Era oldest() {
    return new Era(Math.max(0, active().number() - REMEMBERED));
  }
}

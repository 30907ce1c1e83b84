package io.synod.reconfig.eras;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node knows of eras, whoever makes them: era 0 comes from the configuration file. What
 * others show (1c, 1b, peers) adds configurations and tells which era is active, never which was
 * made. Loop thread only; persists nothing.
 */
public abstract class KnownEras implements Authority {
  private final TreeMap<Era, Configuration> known = new TreeMap<>();
  private Era active = Era.ZERO;
  private Era made = Era.ZERO;
  private List<NodeId> audience;

  /** Knows era 0 to begin with. */
  protected KnownEras(Configuration founders) {
    known.put(Era.ZERO, founders);
    audience = founders.learners();
  }

  @Override
  public final Era active() {
    return active;
  }

  @Override
  public final Era made() {
    return made;
  }

  @Override
  public final Configuration configuration(Era era) {
    Configuration found = known.get(era);
    Invariant.check(found != null, "era %s is unknown; known are %s", era, known.keySet());
    return found;
  }

  @Override
  public final Optional<Configuration> known(Era era) {
    return Optional.ofNullable(known.get(era));
  }

  @Override
  public Eras eras() {
    return new Eras(active, made, known);
  }

  @Override
  public final List<NodeId> audience() {
    return audience;
  }

  @Override
  public final void learn(Era era, Configuration configuration) {
    if (era.compareTo(known.firstKey()) < 0) {
      return; // nobody can ask for it any more
    }
    Configuration before = known.get(era);
    if (before == null || era.equals(Era.ZERO) && !sameFounders(before, configuration)) {
      known.put(era, configuration);
      changed();
    } else {
      Invariant.check(
          era.equals(Era.ZERO) || before.equals(configuration),
          "two configurations of one era: %s and %s", before, configuration);
    }
  }

  /**
   * The members of the file are a seed, ignored once a 1c shows who founded the cluster; only
   * their addresses in the file may be newer.
   */
  private static boolean sameFounders(Configuration file, Configuration founders) {
    return file.acceptors().equals(founders.acceptors()) && file.ids().equals(founders.ids())
        && file.quorum().equals(founders.quorum())
        && file.mode().equals(founders.mode().or(file::mode));
  }

  @Override
  public boolean activate(Era era, Configuration configuration) {
    if (era.compareTo(active) <= 0) {
      return false;
    }
    learn(era, configuration);
    active = era;
    changed();
    return true;
  }

  /** An era was made, by whoever may make it. */
  protected final void made(Era era, Configuration configuration) {
    made = era;
    learn(era, configuration);
    changed();
  }

  @Override
  public void restore(Eras snapshot) {
    snapshot.configurations().forEach(this::learn);
    if (made.compareTo(snapshot.made()) < 0) {
      made = snapshot.made();
      changed();
    }
  }

  @Override
  public void recover(DurableRecord record) {
    if (record instanceof DurableRecord.StoredOneC stored) {
      learn(stored.oneC());
    } else if (record instanceof DurableRecord.Activated activated) {
      activate(activated.era(), activated.configuration());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      recover(checkpoint);
    }
  }

  private void recover(DurableRecord.Checkpoint checkpoint) {
    Eras eras = checkpoint.eras();
    restore(eras);
    if (eras.configurations().containsKey(eras.active())) {
      activate(eras.active(), eras.configurations().get(eras.active()));
    }
    checkpoint.oneC().ifPresent(this::learn);
  }

  private void learn(OneC oneC) {
    learn(oneC.era(), oneC.configuration());
  }

  /** Nobody asks for the eras before this one. */
  protected Era oldest() {
    Era beforeMade = new Era(Math.max(0, made.number() - 1));
    return active.compareTo(beforeMade) < 0 ? active : beforeMade;
  }

  /** Forgets the eras that are over. */
  private void changed() {
    Era keep = known.floorKey(oldest());
    if (keep != null) {
      known.headMap(keep).clear();
    }
    TreeSet<NodeId> ids = new TreeSet<>();
    known.tailMap(active).values().forEach(c -> ids.addAll(c.learners()));
    audience = List.copyOf(new ArrayList<>(ids));
  }
}

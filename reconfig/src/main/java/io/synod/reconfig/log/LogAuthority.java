package io.synod.reconfig.log;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Invariant;
import io.synod.api.model.OneC;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import java.util.TreeMap;

/**
 * Eras as this node's own records show them: era 0 from the configuration file, later ones from
 * stored 1c messages, which carry their configuration.
 */
final class LogAuthority implements Authority {
  private final TreeMap<Era, Configuration> known = new TreeMap<>();
  private Era active = Era.ZERO;

  LogAuthority(Configuration founders) {
    known.put(Era.ZERO, founders);
  }

  @Override
  public Era active() {
    return active;
  }

  @Override
  public Configuration configuration(Era era) {
    Configuration found = known.get(era);
    Invariant.check(found != null, "era %s is unknown; known are %s", era, known.keySet());
    return found;
  }

  @Override
  public void recover(DurableRecord record) {
    if (record instanceof DurableRecord.StoredOneC stored) {
      learn(stored.oneC());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      checkpoint.oneC().ifPresent(this::learn);
      active = checkpoint.active().compareTo(active) > 0 ? checkpoint.active() : active;
    }
  }

  private void learn(OneC oneC) {
    if (oneC.era().number() > 0) {
      known.put(oneC.era(), oneC.configuration());
    }
  }
}

package io.synod.reconfig.log;

import io.synod.api.model.Configuration;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.reconfig.eras.KnownEras;

/**
 * Eras by the replicated log itself: era e + 1 is made by the first Reconfigure in the decided
 * prefix that expects e.
 */
final class LogAuthority extends KnownEras {
  LogAuthority(Configuration founders) {
    super(founders);
  }

  /** A compare-and-set: only the first Reconfigure that expects the era made last has effect. */
  @Override
  public boolean decided(Value value) {
    if (value.kind() != Value.Kind.RECONFIGURE) {
      return false;
    }
    Reconfigure change = Reconfigure.decode(value);
    if (!change.expected().equals(made())) {
      return false;
    }
    made(change.makes(), change.configuration());
    return true;
  }
}

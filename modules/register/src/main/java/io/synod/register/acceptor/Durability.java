package io.synod.register.acceptor;

import io.synod.api.effect.Effects;
import io.synod.api.storage.DurableRecord;

/** The one difference between the stable and the volatile acceptor. */
public enum Durability {
  /** Figures 11 and 12: what is promised or voted is on disk before the answer leaves. */
  STABLE {
    @Override
    void record(Effects effects, DurableRecord record) {
      effects.persist(record);
    }
  },
  /** Figures 5 and 6, crash-stop: memory only; who crashes takes no further part. */
  VOLATILE {
    @Override
    void record(Effects effects, DurableRecord record) {
      // Nothing: a crashed acceptor never speaks again under this incarnation.
    }
  };

  abstract void record(Effects effects, DurableRecord record);
}

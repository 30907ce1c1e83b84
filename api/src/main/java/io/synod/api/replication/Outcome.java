package io.synod.api.replication;

import io.synod.api.model.InstanceId;

/** What a client may conclude about its command. */
public sealed interface Outcome {
  /** It took effect exactly once, at {@code instance}. */
  record Applied(InstanceId instance, byte[] result) implements Outcome {}

  /** It did not and will not take effect; trying again is safe. */
  record Rejected(Reason reason, String detail) implements Outcome {
    /** Why. */
    public enum Reason {
      /** Too much is waiting already. */
      OVERLOADED,
      /** Larger than the limit. */
      TOO_LARGE,
      /** No leader within reach. */
      UNAVAILABLE,
      /** The node or client is closed. */
      CLOSED
    }
  }

  /** It may or may not take effect, now or later. */
  record Indeterminate(String detail) implements Outcome {}
}

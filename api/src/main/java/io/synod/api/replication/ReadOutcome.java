package io.synod.api.replication;

import io.synod.api.model.InstanceId;

/** The answer to a read. */
public sealed interface ReadOutcome {
  /** The state machine's answer, current up to {@code index}. */
  record Answer(InstanceId index, byte[] result) implements ReadOutcome {}

  /** No answer; nothing happened. */
  record Unavailable(String detail) implements ReadOutcome {}
}

package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;

/**
 * The state of a live node at the end of a run.
 *
 * @param count how many commands its state machine has applied
 * @param digest over these commands in order
 */
public record Replica(Life life, InstanceId applied, long count, long digest) {}

package io.synod.api.storage;

import io.synod.api.model.InstanceId;

/** A complete snapshot: all instances ≤ {@code last} are in it; {@code length} in bytes. */
public record SnapshotInfo(InstanceId last, long length) {}

package io.synod.testkit.sim;

import io.synod.api.replication.StateMachine;
import io.synod.api.storage.SnapshotContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A machine's snapshot as bytes, here and now. */
final class SnapshotBytes {
  private SnapshotBytes() {}

  static byte[] of(StateMachine machine) {
    SnapshotContent content = machine.snapshot();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      content.release();
    }
    return out.toByteArray();
  }
}

package io.synod.api.storage;

import java.io.IOException;
import java.io.OutputStream;

/** A consistent view that can be written out while the state moves on. */
public interface SnapshotContent {
  /** Writes everything; called once, on a background thread, and may block on the stream. */
  void writeTo(OutputStream out) throws IOException;

  /** Called on the loop when the view is no longer needed, written or not. */
  default void release() {}
}

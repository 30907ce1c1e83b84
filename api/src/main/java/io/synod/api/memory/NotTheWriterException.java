package io.synod.api.memory;

import io.synod.api.model.NodeId;

/** A write was asked of a node while another one is the only writer; nothing was written. */
public final class NotTheWriterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the register, the writer and the node that was asked. */
  public NotTheWriterException(String register, NodeId writer, NodeId asked) {
    super("register '" + register + "' is written at " + writer + " only (synod.memory.writer), but"
        + " the write was asked of " + asked + "; ask " + writer);
  }
}

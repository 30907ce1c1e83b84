package io.synod.api.effect;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;

/**
 * The narrow door through which a step of an algorithm reaches the world. Loop thread only; never
 * blocks, never throws for reasons of I/O: a failed write stops the node.
 *
 * <p>Durability is data: what must be on disk before a message leaves is said by the order of the
 * calls, and obeyed by the one class of the runtime (or of the simulator) behind this interface.
 */
public interface Effects {
  /** Appends a record to the journal; forced together with what else waits (group commit). */
  void persist(DurableRecord record);

  /**
   * Sends after everything persisted before, in program order, is forced. Sent to oneself it is
   * delivered through the loop like any other message. Best effort: may be lost.
   */
  void send(NodeId to, Message message);

  /** Sends at the end of this turn: for messages that promise nothing about the disk. */
  void sendNow(NodeId to, Message message);

  /** Runs {@code then} on the loop after everything persisted before is forced. */
  void whenDurable(Runnable then);

  /**
   * Everything before the last persisted checkpoint may be deleted: a snapshot holds it. The
   * checkpoint has been forced before this is called.
   */
  void dropBeforeCheckpoint();
}

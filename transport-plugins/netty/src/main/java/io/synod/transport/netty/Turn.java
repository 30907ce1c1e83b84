package io.synod.transport.netty;

import java.util.List;

/** All that one turn of the node's loop sends, as one task of the event loop. */
final class Turn implements Runnable {
  private final PeerLine[] lines;
  private final Batch[] batches;

  Turn(List<Outbox> dirty) {
    lines = new PeerLine[dirty.size()];
    batches = new Batch[dirty.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = dirty.get(i).line();
      batches[i] = dirty.get(i).take();
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < lines.length; i++) {
      lines[i].write(batches[i]);
    }
  }

  /** When there is no loop any more to run it. */
  void release() {
    for (Batch batch : batches) {
      batch.release();
    }
  }
}

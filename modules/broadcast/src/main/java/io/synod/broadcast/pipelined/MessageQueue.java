package io.synod.broadcast.pipelined;

import io.synod.api.broadcast.Batch;
import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Messages taken and not yet proposed, bounded in bytes and count. */
final class MessageQueue {
  private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
  private final long maxBytes;
  private final int maxCount;
  private long bytes;

  MessageQueue(long maxBytes, int maxCount) {
    this.maxBytes = maxBytes;
    this.maxCount = maxCount;
  }

  Admission add(byte[] message) {
    if (messages.size() >= maxCount || bytes + message.length > maxBytes && bytes > 0) {
      return Admission.OVERLOADED;
    }
    messages.add(message);
    bytes += message.length;
    return Admission.TAKEN;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** The next batch: at least one message, then as many as fit. */
  Value takeBatch(long timeMillis, int batchCount, long batchBytes) {
    List<byte[]> batch = new ArrayList<>(Math.min(messages.size(), 1024));
    long size = 0;
    while (!messages.isEmpty() && batch.size() < batchCount) {
      size += Batch.sizeOf(messages.peek().length);
      if (size > batchBytes && !batch.isEmpty()) {
        break;
      }
      byte[] message = messages.poll();
      bytes -= message.length;
      batch.add(message);
    }
    return Batch.encode(timeMillis, batch);
  }

  void clear() {
    messages.clear();
    bytes = 0;
  }
}

package io.synod.client;

import io.synod.api.message.ClientMessage;
import io.synod.api.replication.ReadOutcome;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads without an answer, in the order asked. They may be sent any number of times. */
final class ReadTable {
  private final Completions completions;
  private final Map<Long, PendingRead> reads = new LinkedHashMap<>();
  private final ArrayDeque<Long> toSend = new ArrayDeque<>();
  private long lastRequest;

  ReadTable(Completions completions) {
    this.completions = completions;
  }

  void add(PendingRead read) {
    lastRequest++;
    reads.put(lastRequest, read);
    toSend.add(lastRequest);
  }

  boolean isEmpty() {
    return reads.isEmpty();
  }

  void rewind() {
    toSend.clear();
    for (Map.Entry<Long, PendingRead> read : reads.entrySet()) {
      read.getValue().sendAgain();
      toSend.add(read.getKey());
    }
  }

  void send(ClientMessageSink link, long now) {
    Long request = toSend.poll();
    while (request != null) {
      PendingRead read = reads.get(request);
      if (read != null && !read.onItsWay()) {
        link.send(read.send(request, now));
      }
      request = toSend.poll();
    }
  }

  void answered(ClientMessage.QueryResult result) {
    PendingRead read = reads.remove(result.request());
    if (read != null) {
      end(read, new ReadOutcome.Answer(result.index(), result.result()));
    }
  }

  /** Whether this is one of ours; it is sent again with the next {@link #send}. */
  boolean refused(long request) {
    PendingRead read = reads.get(request);
    if (read != null && read.onItsWay()) {
      read.sendAgain();
      toSend.add(request);
    }
    return read != null;
  }

  void invalid(long request, String reason) {
    PendingRead read = reads.remove(request);
    if (read != null) {
      end(read, new ReadOutcome.Unavailable(reason));
    }
  }

  /** Whether the current connection owes an answer to the oldest read. */
  boolean awaitsAnswer() {
    return !reads.isEmpty() && oldest().onItsWay();
  }

  long waitingSince() {
    return oldest().sentAt();
  }

  void timeOut(long now) {
    Iterator<PendingRead> each = reads.values().iterator();
    while (each.hasNext()) {
      PendingRead read = each.next();
      if (read.deadline() - now > 0) {
        return;
      }
      each.remove();
      end(read, new ReadOutcome.Unavailable("no answer within the request timeout"));
    }
  }

  long nextTimeout(long otherwise) {
    return reads.isEmpty() ? otherwise : Times.earlier(otherwise, oldest().deadline());
  }

  void close() {
    reads.values().forEach(read -> end(read, new ReadOutcome.Unavailable(ClientCore.CLOSED)));
    reads.clear();
    toSend.clear();
  }

  private PendingRead oldest() {
    return reads.values().iterator().next();
  }

  private void end(PendingRead read, ReadOutcome outcome) {
    if (read.settle(outcome)) {
      completions.add(read);
    }
    completions.free(read.size());
  }
}

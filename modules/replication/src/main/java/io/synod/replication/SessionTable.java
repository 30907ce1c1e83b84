package io.synod.replication;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All sessions: part of the replicated state and of snapshots. Numbers are never used again, so
 * that a late copy of a command of an expired session can never be applied.
 */
final class SessionTable {
  private static final int MOST = 1 << 24;

  private final TreeMap<Long, Session> inOrder = new TreeMap<>();
  private final Long2ObjectHashMap<Session> byNumber = new Long2ObjectHashMap<>();
  private final long timeoutMillis;
  private long next = 1;
  private long sweptAt;

  SessionTable(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  long open(long now) {
    long number = next++;
    put(number, new Session(now));
    return number;
  }

  Session get(long number) {
    return byNumber.get(number);
  }

  int size() {
    return inOrder.size();
  }

  private void put(long number, Session session) {
    inOrder.put(number, session);
    byNumber.put(number, session);
  }

  /** Forgets sessions unused for the time-out, by the log's time; looks once a second of it. */
  void expire(long now) {
    if (now - sweptAt < Math.min(1000, timeoutMillis)) {
      return;
    }
    sweptAt = now;
    Iterator<Map.Entry<Long, Session>> all = inOrder.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Session> entry = all.next();
      if (now - entry.getValue().lastActive() > timeoutMillis) {
        byNumber.remove(entry.getKey().longValue());
        all.remove();
      }
    }
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(next);
    out.writeLong(sweptAt);
    out.writeInt(inOrder.size());
    for (Map.Entry<Long, Session> entry : inOrder.entrySet()) {
      out.writeLong(entry.getKey());
      entry.getValue().writeTo(out);
    }
  }

  void readFrom(DataInputStream in) throws IOException {
    inOrder.clear();
    byNumber.clear();
    next = in.readLong();
    sweptAt = in.readLong();
    int count = in.readInt();
    if (count < 0 || count > MOST) {
      throw new IOException("the sessions in the snapshot are damaged: " + count + " of them");
    }
    for (int i = 0; i < count; i++) {
      put(in.readLong(), Session.readFrom(in));
    }
  }
}

package io.synod.replication;

import io.synod.api.model.InstanceId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * One session in the replicated state: commands take effect in the order of their sequence
 * numbers, each once; results are kept until the client says that it has them.
 */
final class Session {
  /** Results kept at most for one session; a client has to say what it has seen. */
  static final int MOST_UNANSWERED = 1 << 17;

  private static final int MOST_RESULT = 64 << 20;

  private final ArrayDeque<Kept> results = new ArrayDeque<>();
  private long last;
  private long lastActive;

  /** A result and where it was decided. */
  record Kept(InstanceId instance, byte[] result) {}

  Session(long now) {
    lastActive = now;
  }

  long last() {
    return last;
  }

  long lastActive() {
    return lastActive;
  }

  void touch(long now) {
    lastActive = now;
  }

  boolean isNext(long sequence) {
    return sequence == last + 1 && results.size() < MOST_UNANSWERED;
  }

  void applied(InstanceId instance, byte[] result) {
    last++;
    results.add(new Kept(instance, result));
  }

  /** The result of a command applied before, or null when it was forgotten as answered. */
  Kept kept(long sequence) {
    long first = last - results.size() + 1;
    if (sequence < first || sequence > last) {
      return null;
    }
    if (sequence == last) {
      return results.peekLast();
    }
    long at = first;
    for (Kept kept : results) {
      if (at++ == sequence) {
        return kept;
      }
    }
    return null;
  }

  /** The client has all results below this one. */
  void answered(long below) {
    while (!results.isEmpty() && last - results.size() + 1 < below) {
      results.poll();
    }
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(last);
    out.writeLong(lastActive);
    out.writeInt(results.size());
    for (Kept kept : results) {
      out.writeLong(kept.instance().number());
      out.writeInt(kept.result().length);
      out.write(kept.result());
    }
  }

  static Session readFrom(DataInputStream in) throws IOException {
    Session session = new Session(0);
    session.last = in.readLong();
    session.lastActive = in.readLong();
    int count = bounded(in.readInt(), MOST_UNANSWERED);
    for (int i = 0; i < count; i++) {
      InstanceId instance = InstanceId.of(in.readLong());
      byte[] result = new byte[bounded(in.readInt(), MOST_RESULT)];
      in.readFully(result);
      session.results.add(new Kept(instance, result));
    }
    return session;
  }

  private static int bounded(int number, int most) throws IOException {
    if (number < 0 || number > most) {
      throw new IOException("a session in the snapshot is damaged: " + number + " of " + most);
    }
    return number;
  }
}

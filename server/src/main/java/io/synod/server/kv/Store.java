package io.synod.server.kv;

import io.synod.api.lease.NamedLeases;
import java.util.TreeSet;

/**
 * Keys, values and times to live. A key past its deadline is invisible at once and removed by a
 * later command; both follow from the log's time alone, so replicas agree. One thread.
 */
final class Store {
  /** No time to live. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int SHARD_BITS = 12;
  /** So that a million keys expiring at once do not hold up one command. */
  private static final int REMOVED_AT_ONCE = 256;

  /** A value and the log time from which it is gone. */
  record Entry(byte[] value, long deadline) {}

  private record Deadline(long at, Bytes key) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  private final ShardedMap<Entry> entries = new ShardedMap<>(SHARD_BITS);
  private final TreeSet<Deadline> deadlines = new TreeSet<>();
  private NamedLeases leases = new NamedLeases();
  private long now;

  /** The log's time as of the last command. */
  long now() {
    return now;
  }

  /** Moves the time on and removes some of what expired; time never goes back. */
  void advance(long time) {
    now = Math.max(now, time);
    for (int i = 0; i < REMOVED_AT_ONCE && !deadlines.isEmpty(); i++) {
      Deadline first = deadlines.first();
      if (first.at > now) {
        return;
      }
      deadlines.pollFirst();
      entries.remove(first.key);
    }
  }

  /** Named resources; FLUSHALL leaves them alone. */
  NamedLeases leases() {
    return leases;
  }

  void restoreLeases(NamedLeases restored) {
    leases = restored;
  }

  /** After a restore: sets the time and removes nothing. */
  void restoreTime(long time) {
    now = time;
  }

  /** The live entry of a key, or null. */
  Entry get(Bytes key) {
    Entry entry = entries.get(key);
    return entry == null || entry.deadline <= now ? null : entry;
  }

  /** The live value of a key, or null. */
  byte[] value(Bytes key) {
    Entry entry = get(key);
    return entry == null ? null : entry.value;
  }

  /** Sets value and deadline; one that has passed removes the key. */
  void put(Bytes key, byte[] value, long deadline) {
    if (deadline <= now) {
      remove(key);
      return;
    }
    Entry before = entries.put(key, new Entry(value, deadline));
    if (before != null && before.deadline != NEVER) {
      deadlines.remove(new Deadline(before.deadline, key));
    }
    if (deadline != NEVER) {
      deadlines.add(new Deadline(deadline, key));
    }
  }

  /** Sets a value and keeps the time to live that the key has. */
  void putKeepingDeadline(Bytes key, byte[] value) {
    Entry before = get(key);
    put(key, value, before == null ? NEVER : before.deadline);
  }

  /** Removes a key; whether there was a live one. */
  boolean remove(Bytes key) {
    Entry before = entries.remove(key);
    if (before != null && before.deadline != NEVER) {
      deadlines.remove(new Deadline(before.deadline, key));
    }
    return before != null && before.deadline > now;
  }

  void clear() {
    entries.clear();
    deadlines.clear();
  }

  /** The number of live keys. */
  int size() {
    return entries.size() - (deadlines.isEmpty() ? 0 : expired());
  }

  private int expired() {
    int expired = 0;
    for (Deadline deadline : deadlines) {
      if (deadline.at > now) {
        break;
      }
      expired++;
    }
    return expired;
  }

  ShardedMap<Entry> entries() {
    return entries;
  }
}

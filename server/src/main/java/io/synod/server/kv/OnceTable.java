package io.synod.server.kv;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Which numbered commands of which client have taken effect, with their replies. A client's last
 * {@value #REMEMBERED} replies are kept, for a day of log time after its last command. Part of the
 * replicated state and of snapshots.
 */
final class OnceTable {
  /** Replies kept for one client. */
  static final int REMEMBERED = 64;
  /** Clients kept at once. */
  static final int MOST_CLIENTS = 1_000_000;

  private static final int SHARD_BITS = 8;
  private static final int LONGEST_NAME = 256;
  private static final long HOUR = 3_600_000;
  private static final long KEPT_HOURS = 24;

  /** Sequence numbers in ascending order with their replies; forgotten from {@code until} on. */
  record Client(long until, long[] sequences, byte[][] replies) {}

  private record Deadline(long at, Bytes client) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : client.compareTo(other.client);
    }
  }

  /** Runs the command that is to take effect once. */
  interface Command {
    byte[] run();
  }

  private final ShardedMap<Client> clients = new ShardedMap<>(SHARD_BITS);
  private final TreeSet<Deadline> deadlines = new TreeSet<>();

  /** Runs the command if this number is new, else gives the reply it had. */
  byte[] apply(long now, Bytes name, long sequence, Command command) throws KvError {
    if (name.content().length == 0 || name.content().length > LONGEST_NAME) {
      throw new KvError("ERR a client's name is 1 to " + LONGEST_NAME + " bytes");
    }
    if (sequence < 0) {
      throw new KvError("ERR a sequence number is not negative");
    }
    forget(now);
    Client client = clients.get(name);
    if (client == null) {
      return first(now, name, sequence, command);
    }
    int found = Arrays.binarySearch(client.sequences, sequence);
    if (found >= 0) {
      return client.replies[found];
    }
    if (sequence < client.sequences[client.sequences.length - 1]) {
      throw older(client, sequence);
    }
    byte[] reply = command.run();
    put(name, client, new Client(until(now), append(client.sequences, sequence),
        append(client.replies, reply)));
    return reply;
  }

  private byte[] first(long now, Bytes name, long sequence, Command command) throws KvError {
    if (clients.size() >= MOST_CLIENTS) {
      throw new KvError("BUSY " + MOST_CLIENTS + " clients used ONCE within a day: not done");
    }
    byte[] reply = command.run();
    put(name, null, new Client(until(now), new long[] {sequence}, new byte[][] {reply}));
    return reply;
  }

  private static KvError older(Client client, long sequence) {
    if (sequence > client.sequences[0] || client.sequences.length < REMEMBERED) {
      return new KvError("ERR ONCE " + sequence + " was not done and cannot be any more: "
          + "a newer number was");
    }
    return new KvError("ERR ONCE " + sequence + " is older than the " + REMEMBERED
        + " remembered ones: outcome unknown");
  }

  /** In steps of an hour, so that the order of deadlines changes seldom. */
  private static long until(long now) {
    return (now / HOUR + 1 + KEPT_HOURS) * HOUR;
  }

  private void forget(long now) {
    while (!deadlines.isEmpty() && deadlines.first().at <= now) {
      clients.remove(deadlines.pollFirst().client);
    }
  }

  private void put(Bytes name, Client before, Client after) {
    clients.put(name, after);
    if (before == null || before.until != after.until) {
      if (before != null) {
        deadlines.remove(new Deadline(before.until, name));
      }
      deadlines.add(new Deadline(after.until, name));
    }
  }

  /** From a snapshot. */
  void restore(Bytes name, Client client) {
    put(name, null, client);
  }

  ShardedMap<Client> clients() {
    return clients;
  }

  private static long[] append(long[] old, long last) {
    int from = old.length == REMEMBERED ? 1 : 0;
    long[] grown = Arrays.copyOfRange(old, from, old.length + 1);
    grown[grown.length - 1] = last;
    return grown;
  }

  private static byte[][] append(byte[][] old, byte[] last) {
    int from = old.length == REMEMBERED ? 1 : 0;
    byte[][] grown = Arrays.copyOfRange(old, from, old.length + 1);
    grown[grown.length - 1] = last;
    return grown;
  }
}

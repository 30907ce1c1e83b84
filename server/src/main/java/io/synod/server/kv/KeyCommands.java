package io.synod.server.kv;

import java.util.ArrayList;
import java.util.List;

/** The commands on keys, whatever their values: DEL, EXPIRE, SCAN and their like. */
final class KeyCommands {
  /** Beyond this a reply is refused: it would have to stand in memory as a whole. */
  static final long LARGEST_REPLY = 64L << 20;

  private static final long SECOND = 1000;
  private static final long HALF_SECOND = 500;
  private static final int SCAN_COUNT = 10;
  private static final long ABSENT = -2;

  private KeyCommands() {}

  static byte[] delete(Store store, Args args) {
    int deleted = 0;
    for (int i = 0; i < args.count(); i++) {
      deleted += store.remove(args.key(i)) ? 1 : 0;
    }
    return Reply.integer(deleted);
  }

  static byte[] exists(Store store, Args args) {
    int found = 0;
    for (int i = 0; i < args.count(); i++) {
      found += store.get(args.key(i)) != null ? 1 : 0;
    }
    return Reply.integer(found);
  }

  static byte[] expireSeconds(Store store, Args args) throws KvError {
    return expire(store, args, SECOND);
  }

  static byte[] expireMillis(Store store, Args args) throws KvError {
    return expire(store, args, 1);
  }

  private static byte[] expire(Store store, Args args, long unit) throws KvError {
    long time = args.number(1);
    if (time > (Store.NEVER - 1 - store.now()) / unit || time < -(Store.NEVER / unit)) {
      throw KvError.expireTime(args.op());
    }
    Bytes key = args.key(0);
    Store.Entry entry = store.get(key);
    long deadline = store.now() + time * unit;
    boolean wanted = args.count() == 2 || entry != null && allows(args, entry, deadline);
    if (entry == null || !wanted) {
      return Reply.integer(0);
    }
    store.put(key, entry.value(), deadline);
    return Reply.integer(1);
  }

  private static boolean allows(Args args, Store.Entry entry, long deadline) throws KvError {
    if (args.is(2, "NX")) {
      return entry.deadline() == Store.NEVER;
    } else if (args.is(2, "XX")) {
      return entry.deadline() != Store.NEVER;
    } else if (args.is(2, "GT")) {
      return deadline > entry.deadline();
    } else if (args.is(2, "LT")) {
      return deadline < entry.deadline();
    }
    String option = args.key(2).toString();
    throw new KvError("ERR Unsupported option " + option);
  }

  static byte[] ttlSeconds(Store store, Args args) {
    long millis = remaining(store, args);
    return Reply.integer(millis < 0 ? millis : (millis + HALF_SECOND) / SECOND);
  }

  static byte[] ttlMillis(Store store, Args args) {
    return Reply.integer(remaining(store, args));
  }

  private static long remaining(Store store, Args args) {
    Store.Entry entry = store.get(args.key(0));
    if (entry == null) {
      return ABSENT;
    }
    return entry.deadline() == Store.NEVER ? -1 : entry.deadline() - store.now();
  }

  static byte[] persist(Store store, Args args) {
    Bytes key = args.key(0);
    Store.Entry entry = store.get(key);
    if (entry == null || entry.deadline() == Store.NEVER) {
      return Reply.integer(0);
    }
    store.put(key, entry.value(), Store.NEVER);
    return Reply.integer(1);
  }

  static byte[] size(Store store, Args args) {
    return Reply.integer(store.size());
  }

  static byte[] flush(Store store, Args args) throws KvError {
    if (args.count() == 1 && !args.is(0, "SYNC") && !args.is(0, "ASYNC")) {
      throw KvError.SYNTAX;
    }
    store.clear();
    return Reply.ok();
  }

  static byte[] keys(Store store, Args args) throws KvError {
    Listing listing = new Listing(store, new Glob(args.bytes(0)));
    for (int shard = 0; shard < store.entries().shardCount(); shard++) {
      listing.add(shard);
    }
    return Reply.array(listing.found);
  }

  /**
   * The cursor is the next shard, so that every key that is there throughout is seen; COUNT is
   * a hint, as in Redis.
   */
  static byte[] scan(Store store, Args args) throws KvError {
    long cursor = cursor(args);
    int count = SCAN_COUNT;
    Glob glob = Glob.ANY;
    for (int i = 1; i < args.count(); i += 2) {
      if (i + 1 == args.count()) {
        throw KvError.SYNTAX;
      } else if (args.is(i, "MATCH")) {
        glob = new Glob(args.bytes(i + 1));
      } else if (args.is(i, "COUNT")) {
        count = count(args.number(i + 1));
      } else if (!args.is(i, "TYPE") || !args.is(i + 1, "STRING")) {
        throw KvError.SYNTAX;
      }
    }
    Listing listing = new Listing(store, glob);
    int shards = store.entries().shardCount();
    int next = (int) Math.min(cursor, shards);
    while (next < shards && listing.seen < count) {
      listing.add(next++);
    }
    return Reply.array(List.of(
        Reply.bulk(Reply.decimal(next == shards ? 0 : next)), Reply.array(listing.found)));
  }

  private static long cursor(Args args) throws KvError {
    try {
      long cursor = args.number(0);
      if (cursor < 0) {
        throw KvError.NOT_AN_INTEGER;
      }
      return cursor;
    } catch (KvError e) {
      throw new KvError("ERR invalid cursor");
    }
  }

  private static int count(long count) throws KvError {
    if (count < 1) {
      throw KvError.SYNTAX;
    }
    return (int) Math.min(count, Integer.MAX_VALUE);
  }

  /** Collects the live keys that match. */
  private static final class Listing {
    private final Store store;
    private final Glob glob;
    private final List<byte[]> found = new ArrayList<>();
    private long bytes;
    private long seen;

    Listing(Store store, Glob glob) {
      this.store = store;
      this.glob = glob;
    }

    void add(int shard) throws KvError {
      store.entries().forEachIn(shard, this::addIfWanted);
      if (bytes > LARGEST_REPLY) {
        throw new KvError("ERR the reply would exceed " + LARGEST_REPLY + " bytes: use SCAN");
      }
    }

    private void addIfWanted(Bytes key, Store.Entry entry) {
      seen++;
      if (entry.deadline() > store.now() && glob.matches(key.content())) {
        byte[] reply = Reply.bulk(key.content());
        bytes += reply.length;
        found.add(reply);
      }
    }
  }
}

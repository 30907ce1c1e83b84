package io.synod.server.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The commands on values: GET, SET, INCR and their like. */
final class StringCommands {
  /** What APPEND may grow a value to. */
  static final int LONGEST_VALUE = 64 << 20;

  private StringCommands() {}

  static byte[] get(Store store, Args args) {
    return Reply.bulk(store.value(args.key(0)));
  }

  static byte[] getSet(Store store, Args args) {
    Bytes key = args.key(0);
    byte[] before = store.value(key);
    store.put(key, args.bytes(1), Store.NEVER);
    return Reply.bulk(before);
  }

  static byte[] setIfAbsent(Store store, Args args) {
    Bytes key = args.key(0);
    if (store.get(key) != null) {
      return Reply.integer(0);
    }
    store.put(key, args.bytes(1), Store.NEVER);
    return Reply.integer(1);
  }

  static byte[] getMany(Store store, Args args) {
    List<byte[]> replies = new ArrayList<>(args.count());
    for (int i = 0; i < args.count(); i++) {
      replies.add(Reply.bulk(store.value(args.key(i))));
    }
    return Reply.array(replies);
  }

  static byte[] setMany(Store store, Args args) {
    for (int i = 0; i < args.count(); i += 2) {
      store.put(args.key(i), args.bytes(i + 1), Store.NEVER);
    }
    return Reply.ok();
  }

  static byte[] compareAndSet(Store store, Args args) {
    Bytes key = args.key(0);
    if (!Arrays.equals(store.value(key), args.bytes(1))) {
      return Reply.integer(0);
    }
    store.put(key, args.bytes(2), Store.NEVER);
    return Reply.integer(1);
  }

  static byte[] length(Store store, Args args) {
    byte[] value = store.value(args.key(0));
    return Reply.integer(value == null ? 0 : value.length);
  }

  static byte[] append(Store store, Args args) throws KvError {
    Bytes key = args.key(0);
    byte[] before = store.value(key);
    byte[] more = args.bytes(1);
    if (before == null) {
      store.put(key, more, Store.NEVER);
      return Reply.integer(more.length);
    }
    if ((long) before.length + more.length > LONGEST_VALUE) {
      throw new KvError("ERR string exceeds maximum allowed size (" + LONGEST_VALUE + " bytes)");
    }
    byte[] value = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, value, before.length, more.length);
    store.putKeepingDeadline(key, value);
    return Reply.integer(value.length);
  }

  static byte[] increment(Store store, Args args) throws KvError {
    return add(store, args.key(0), 1);
  }

  static byte[] decrement(Store store, Args args) throws KvError {
    return add(store, args.key(0), -1);
  }

  static byte[] incrementBy(Store store, Args args) throws KvError {
    return add(store, args.key(0), args.number(1));
  }

  static byte[] decrementBy(Store store, Args args) throws KvError {
    long by = args.number(1);
    if (by == Long.MIN_VALUE) {
      throw new KvError("ERR decrement would overflow");
    }
    return add(store, args.key(0), -by);
  }

  private static byte[] add(Store store, Bytes key, long by) throws KvError {
    Store.Entry before = store.get(key);
    long value = before == null ? 0 : Numbers.parse(before.value());
    long sum = value + by;
    if (((value ^ sum) & (by ^ sum)) < 0) {
      throw KvError.OVERFLOW;
    }
    store.put(key, Reply.decimal(sum), before == null ? Store.NEVER : before.deadline());
    return Reply.integer(sum);
  }
}

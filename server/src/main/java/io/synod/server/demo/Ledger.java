package io.synod.server.demo;

import java.nio.ByteBuffer;

/**
 * The state that the demo replicates: counters, and which increment of which client took effect,
 * so that every single one can be audited. Applying one twice changes the counter, as it would
 * anywhere, and is counted.
 */
final class Ledger {
  private final long[] counters;
  private final IdSet[] applied;
  private long duplicates;

  Ledger(int counters, int clients) {
    this.counters = new long[counters];
    this.applied = new IdSet[clients];
    for (int i = 0; i < clients; i++) {
      applied[i] = new IdSet();
    }
  }

  private Ledger(long[] counters, IdSet[] applied, long duplicates) {
    this.counters = counters;
    this.applied = applied;
    this.duplicates = duplicates;
  }

  /** The counter's new value. */
  long increment(int counter, int client, int id) {
    if (!applied[client].add(id)) {
      duplicates++;
    }
    return ++counters[counter];
  }

  long value(int counter) {
    return counters[counter];
  }

  IdSet applied(int client) {
    return applied[client];
  }

  long duplicates() {
    return duplicates;
  }

  long sum() {
    long sum = 0;
    for (long counter : counters) {
      sum += counter;
    }
    return sum;
  }

  long effects() {
    long effects = duplicates;
    for (IdSet ids : applied) {
      effects += ids.size();
    }
    return effects;
  }

  Ledger copy() {
    IdSet[] ids = new IdSet[applied.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = applied[i].copy();
    }
    return new Ledger(counters.clone(), ids, duplicates);
  }

  byte[] bytes() {
    int size = 2 * Integer.BYTES + Long.BYTES * (counters.length + 1);
    for (IdSet ids : applied) {
      size += ids.bytes();
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(counters.length).putInt(applied.length).putLong(duplicates);
    for (long counter : counters) {
      out.putLong(counter);
    }
    for (IdSet ids : applied) {
      ids.write(out);
    }
    return out.array();
  }

  static Ledger of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Ledger ledger = new Ledger(in.getInt(), in.getInt());
    ledger.duplicates = in.getLong();
    for (int i = 0; i < ledger.counters.length; i++) {
      ledger.counters[i] = in.getLong();
    }
    for (int i = 0; i < ledger.applied.length; i++) {
      ledger.applied[i] = IdSet.read(in);
    }
    return ledger;
  }
}

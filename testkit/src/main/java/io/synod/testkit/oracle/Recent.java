package io.synod.testkit.oracle;

import java.util.Arrays;

/**
 * Facts by number (an instance, the place of a command) of which only the most recent are kept:
 * oracles look at what is near the end of the log, and a long run must not fill the memory. A
 * direct-mapped table: what is too old gives way to what comes, and is then unknown.
 */
final class Recent<V> {
  private static final int FEWEST = 8;

  private final int most;
  private long[] keys = new long[FEWEST];
  private Object[] facts = new Object[FEWEST];

  /** Keeps at least the {@code most} highest of consecutive numbers; a power of two. */
  Recent(int most) {
    this.most = most;
  }

  /** The fact of that number; null if there is none or it is too old. */
  @SuppressWarnings("unchecked") // only facts of that type are put in
  V get(long key) {
    int slot = slot(key);
    return keys[slot] == key ? (V) facts[slot] : null;
  }

  /** Keeps a fact, instead of an older one if need be. */
  void put(long key, V fact) {
    int slot = slot(key);
    while (facts[slot] != null && keys[slot] != key && facts.length < most) {
      grow();
      slot = slot(key);
    }
    if (facts[slot] == null || keys[slot] <= key) {
      keys[slot] = key;
      facts[slot] = fact;
    }
  }

  /** Forgets everything. */
  void clear() {
    keys = new long[FEWEST];
    facts = new Object[FEWEST];
  }

  private int slot(long key) {
    return (int) key & facts.length - 1;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldFacts = facts;
    keys = Arrays.copyOf(keys, keys.length * 2);
    facts = new Object[keys.length];
    for (int i = 0; i < oldFacts.length; i++) {
      if (oldFacts[i] != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        facts[slot] = oldFacts[i];
      }
    }
  }
}

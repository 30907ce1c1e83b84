package io.synod.server.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A map in shards, each in the order of insertion, of which a frozen view can be taken in a few
 * microseconds: a shard that a view may still see is copied before the first write to it. Keys and
 * values are immutable. One thread owns the map; another may read a view that was handed to it.
 */
final class ShardedMap<V> {
  private final int shift;
  private final List<View<V>> live = new ArrayList<>();
  private Map<Bytes, V>[] shards;
  /** For each shard the number of views that had been taken when its current map was made. */
  private final long[] born;
  private long views;
  private long newestLive;
  private int size;

  /** With 2^{@code bits} shards. */
  ShardedMap(int bits) {
    shift = Integer.SIZE - bits;
    shards = newShards(1 << bits);
    born = new long[1 << bits];
  }

  @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
  private static <V> Map<Bytes, V>[] newShards(int count) {
    return (Map<Bytes, V>[]) new Map<?, ?>[count];
  }

  V get(Bytes key) {
    Map<Bytes, V> shard = shards[key.hashCode() >>> shift];
    return shard == null ? null : shard.get(key);
  }

  /** Puts and returns what was there before, or null. */
  V put(Bytes key, V value) {
    V before = writable(key.hashCode() >>> shift).put(key, value);
    size += before == null ? 1 : 0;
    return before;
  }

  /** Removes and returns what was there, or null. */
  V remove(Bytes key) {
    int index = key.hashCode() >>> shift;
    if (shards[index] == null || !shards[index].containsKey(key)) {
      return null;
    }
    size--;
    return writable(index).remove(key);
  }

  void clear() {
    Arrays.fill(shards, null);
    size = 0;
  }

  int size() {
    return size;
  }

  int shardCount() {
    return shards.length;
  }

  /** Calls for each entry of one shard, in the order of insertion. */
  void forEachIn(int shard, BiConsumer<Bytes, V> then) {
    if (shards[shard] != null) {
      shards[shard].forEach(then);
    }
  }

  void forEach(BiConsumer<Bytes, V> then) {
    for (int i = 0; i < shards.length; i++) {
      forEachIn(i, then);
    }
  }

  /** The map as it stands now, for ever. */
  View<V> freeze() {
    View<V> view = new View<>(++views, size, shards.clone());
    live.add(view);
    newestLive = views;
    return view;
  }

  /** The view is not needed any more: its shards may be written in place again. */
  void release(View<V> view) {
    live.remove(view);
    newestLive = live.isEmpty() ? 0 : live.get(live.size() - 1).number;
  }

  private Map<Bytes, V> writable(int index) {
    Map<Bytes, V> shard = shards[index];
    if (shard == null) {
      shard = new LinkedHashMap<>();
    } else if (born[index] < newestLive) {
      shard = new LinkedHashMap<>(shard);
    } else {
      return shard;
    }
    shards[index] = shard;
    born[index] = views;
    return shard;
  }

  /** What a map held at one moment. */
  static final class View<V> {
    private final long number;
    private final int size;
    private final Map<Bytes, V>[] shards;

    private View(long number, int size, Map<Bytes, V>[] shards) {
      this.number = number;
      this.size = size;
      this.shards = shards;
    }

    int size() {
      return size;
    }

    /** The entries of all shards in order; shards may be null. */
    Map<Bytes, V>[] shards() {
      return shards;
    }
  }
}

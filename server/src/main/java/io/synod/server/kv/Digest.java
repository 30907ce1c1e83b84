package io.synod.server.kv;

/** The hash of a state: a sum over its parts, so that the order of maps does not count. */
final class Digest {
  private static final long MIX_1 = 0xff51afd7ed558ccdL;
  private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SHIFT = 33;
  private static final long KEY = 1;
  private static final long CLIENT = 2;
  private static final long LEASE = 3;

  private long sum;

  private Digest() {}

  static long of(Store store, OnceTable once) {
    Digest digest = new Digest();
    store.entries().forEach((key, entry) -> {
      if (entry.deadline() > store.now()) {
        long hash = bytes(bytes(mix(KEY), key.content()), entry.value());
        digest.sum += mix(hash + entry.deadline());
      }
    });
    once.clients().forEach((name, client) -> digest.sum += client(name, client));
    store.leases().grants().forEach((resource, grant) -> {
      if (grant.untilMillis() > store.now()) {
        digest.sum += mix(mix(LEASE) + (resource + grant).hashCode());
      }
    });
    return mix(digest.sum);
  }

  private static long client(Bytes name, OnceTable.Client client) {
    long hash = mix(bytes(mix(CLIENT), name.content()) + client.until());
    for (int i = 0; i < client.sequences().length; i++) {
      hash = bytes(mix(hash + client.sequences()[i]), client.replies()[i]);
    }
    return hash;
  }

  /** Lengths count too, so that "ab","c" differs from "a","bc". */
  private static long bytes(long seed, byte[] content) {
    long hash = seed + content.length;
    for (byte b : content) {
      hash = (hash ^ b & 0xff) * PRIME;
    }
    return mix(hash);
  }

  private static long mix(long raw) {
    long h = raw;
    h = (h ^ h >>> SHIFT) * MIX_1;
    h = (h ^ h >>> SHIFT) * MIX_2;
    return h ^ h >>> SHIFT;
  }
}

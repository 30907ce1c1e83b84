package io.synod.server.kv;

import io.synod.api.lease.NamedLeases;
import io.synod.api.storage.SnapshotContent;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * A frozen view of the state. Layout, big endian: magic (8 bytes), log time (8), number of entries
 * (4), each as key, value (4 bytes of length before each) and deadline (8); number of ONCE clients
 * (4), each as name, until (8), number of replies (4), each as sequence (8) and reply; the named
 * leases; magic again.
 */
final class SnapshotWriter implements SnapshotContent {
  static final long MAGIC = 0x53594e4f444b5632L; // SYNODKV2
  /** Without named leases. */
  static final long MAGIC_1 = 0x53594e4f444b5631L; // SYNODKV1

  private static final int BUFFER = 1 << 16;

  private final Store store;
  private final OnceTable once;
  private final long now;
  private final ShardedMap.View<Store.Entry> entries;
  private final ShardedMap.View<OnceTable.Client> clients;
  private final NamedLeases leases;

  /** On the loop: freezes all of it. */
  SnapshotWriter(Store store, OnceTable once) {
    this.store = store;
    this.once = once;
    now = store.now();
    entries = store.entries().freeze();
    clients = once.clients().freeze();
    leases = store.leases().copy();
  }

  @Override
  public void writeTo(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream, BUFFER));
    out.writeLong(MAGIC);
    out.writeLong(now);
    out.writeInt(entries.size());
    for (Map<Bytes, Store.Entry> shard : entries.shards()) {
      if (shard != null) {
        for (Map.Entry<Bytes, Store.Entry> entry : shard.entrySet()) {
          writeBytes(out, entry.getKey().content());
          writeBytes(out, entry.getValue().value());
          out.writeLong(entry.getValue().deadline());
        }
      }
    }
    writeClients(out);
    leases.writeTo(out);
    out.writeLong(MAGIC);
    out.flush();
  }

  private void writeClients(DataOutputStream out) throws IOException {
    out.writeInt(clients.size());
    for (Map<Bytes, OnceTable.Client> shard : clients.shards()) {
      if (shard != null) {
        for (Map.Entry<Bytes, OnceTable.Client> entry : shard.entrySet()) {
          writeBytes(out, entry.getKey().content());
          writeClient(out, entry.getValue());
        }
      }
    }
  }

  private static void writeClient(DataOutputStream out, OnceTable.Client client)
      throws IOException {
    out.writeLong(client.until());
    out.writeInt(client.sequences().length);
    for (int i = 0; i < client.sequences().length; i++) {
      out.writeLong(client.sequences()[i]);
      writeBytes(out, client.replies()[i]);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public void release() {
    store.entries().release(entries);
    once.clients().release(clients);
  }
}

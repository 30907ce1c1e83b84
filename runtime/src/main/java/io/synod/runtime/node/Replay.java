package io.synod.runtime.node;

import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.runtime.config.NodeConfig;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the records of a journal back to a node that starts. Loop thread; used once. */
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  private final NodeConfig config;
  private final DurableEffects effects;
  private final Consumer<DurableRecord> core;
  private final MessageCodec codec = new KryoCodec();
  private long records;

  Replay(NodeConfig config, DurableEffects effects, Consumer<DurableRecord> core) {
    this.config = config;
    this.effects = effects;
    this.core = core;
  }

  /** Blocks until all are read. */
  void run(Journal journal) throws StorageException {
    long start = System.nanoTime();
    journal.replay(this::recover);
    long micros = Math.max(1, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    if (records > 0) {
      LOG.info("[{}] replayed {} records in {} ms ({} records/s)", config.node(), records,
          micros / 1_000, records * 1_000_000 / micros);
    }
  }

  private void recover(long position, ByteBuffer bytes) throws StorageException {
    DurableRecord record;
    try {
      record = codec.decodeRecord(bytes);
    } catch (MessageCodec.MalformedException e) {
      throw new StorageException("the record at position " + position + " of the journal in "
          + config.data() + " has a right checksum but no legal content (" + e.getMessage()
          + "): was it written by a newer version?", e);
    }
    effects.recovered(record, position);
    core.accept(record);
    records++;
  }
}

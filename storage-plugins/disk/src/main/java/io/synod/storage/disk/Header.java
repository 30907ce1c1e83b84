package io.synod.storage.disk;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.View;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What an area says of itself without its log being read. It stands in one of two slots, written
 * in turn. Behind them is a mark, which is never forced: it says which slot was complete last and
 * how far the log was, and serves only to tell damage from what never was.
 *
 * @param sequence counts the slots written
 * @param generation of the log, {@link Blocks#HEADER} before there is one
 * @param durable so many bytes of the log are
 * @param view what the log amounts to, without votes and configurations
 */
record Header(long sequence, long generation, long durable, View view) {
  private static final long SLOT = 0x5359534C_4F543031L;
  private static final long MARK = 0x53594D41_524B3031L;
  private static final int VERSION = 1;
  private static final int CHECKSUM_AT = Blocks.PART_BYTES - Integer.BYTES;
  private static final int PART = Blocks.PART_BYTES;

  /** The bytes of the slot. */
  ByteBuffer slot(int salt) {
    byte[] proposer = view.promised().proposer().name().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(PART);
    out.putLong(SLOT).putInt(VERSION).putInt(proposer.length);
    out.putLong(sequence).putLong(generation).putLong(durable);
    out.putLong(view.kept().number()).putLong(view.floor().number());
    out.putLong(view.adopted().number()).putLong(view.active().number());
    out.putLong(view.promised().n()).putInt(view.promised().k()).put(proposer);
    return sealed(out, salt);
  }

  /** The bytes of the mark, when this header and so much of the log are durable. */
  ByteBuffer mark(int salt) {
    ByteBuffer out = ByteBuffer.allocate(PART);
    out.putLong(MARK).putLong(sequence).putLong(generation).putLong(durable);
    return sealed(out, salt);
  }

  /** Where the slot goes in the file. */
  long slotAt() {
    return sequence % 2 * Blocks.PART_DISTANCE;
  }

  /** Where the mark goes. */
  static long markAt() {
    return 2L * Blocks.PART_DISTANCE;
  }

  /**
   * The newest intact one, with the mark's word on the log; empty if there is none, or not the one
   * that was complete last: the file is damaged, or was being written while it was read.
   */
  static Optional<Header> newest(ByteBuffer head, String file, int salt)
      throws StorageException {
    Header newest = null;
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer in = head.slice(slot * PART, PART);
      if (intact(in, salt) && in.getLong() == SLOT) {
        Header found = read(in, file);
        newest = newest == null || found.sequence > newest.sequence ? found : newest;
      }
    }
    ByteBuffer mark = head.slice(2 * PART, PART);
    if (newest == null || !intact(mark, salt) || mark.getLong() != MARK) {
      return Optional.ofNullable(newest);
    }
    return newest.marked(mark.getLong(), mark.getLong(), mark.getLong());
  }

  private Optional<Header> marked(long complete, long marked, long length) {
    if (sequence < complete) {
      return Optional.empty();
    }
    boolean further = generation == marked && durable < length;
    return Optional.of(further ? new Header(sequence, generation, length, view) : this);
  }

  private static Header read(ByteBuffer in, String file) throws StorageException {
    int version = in.getInt();
    if (version != VERSION) {
      throw new StorageException(file + " has format version " + version
          + ", but this release reads version " + VERSION + ": run the release that wrote it");
    }
    byte[] proposer = new byte[in.getInt()];
    long sequence = in.getLong();
    long generation = in.getLong();
    long durable = in.getLong();
    InstanceId kept = InstanceId.of(in.getLong());
    InstanceId floor = InstanceId.of(in.getLong());
    Era adopted = new Era(in.getLong());
    Era active = new Era(in.getLong());
    long n = in.getLong();
    int k = in.getInt();
    in.get(proposer);
    Ballot promised =
        new Ballot(n, NodeId.of(new String(proposer, StandardCharsets.US_ASCII)), k);
    return new Header(sequence, generation, durable,
        new View(promised, adopted, active, kept, floor, Map.of(), List.of()));
  }

  private static ByteBuffer sealed(ByteBuffer out, int salt) {
    out.clear();
    return out.putInt(CHECKSUM_AT, checksum(out, salt));
  }

  private static boolean intact(ByteBuffer in, int salt) {
    return in.getInt(CHECKSUM_AT) == checksum(in, salt);
  }

  private static int checksum(ByteBuffer part, int salt) {
    CRC32C crc = new CRC32C();
    crc.update(part.slice(0, CHECKSUM_AT));
    return (int) crc.getValue() ^ salt;
  }
}

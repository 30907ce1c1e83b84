package io.synod.storage.disk;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Area;
import io.synod.api.passive.View;
import io.synod.api.plugin.Plugins.PassiveUse;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.StorageException;
import io.synod.api.storage.StoreIdentity;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.MessageCodec.MalformedException;
import io.synod.storage.disk.LogFormat.Contents;
import io.synod.storage.file.Frames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;

/**
 * Reads areas, while their owners write to them. What does not fit together is read again; what
 * still does not is damage, which fails the reading: the promise of that process is unknown.
 */
final class AreaReader {
  private static final int ATTEMPTS = 20;

  private final Blocks blocks;
  private final MessageCodec codec;
  private final int diskSalt;

  AreaReader(Blocks blocks, PassiveUse use, MessageCodec codec) {
    this.blocks = blocks;
    this.codec = codec;
    this.diskSalt = Frames.salt(
        new StoreIdentity(use.cluster(), use.member(), blocks.incarnation()));
  }

  /** Mixed into the checksums of a file: the bytes of another one are never believed. */
  int salt(NodeId area, long generation) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, diskSalt));
    crc.update(area.name().getBytes(StandardCharsets.US_ASCII));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, generation));
    return (int) crc.getValue();
  }

  /** What that area says, given what was just read of its header. */
  View view(NodeId area, ByteBuffer head, Optional<InstanceId> votesFrom)
      throws StorageException {
    Found found = found(area, head, votesFrom.isPresent());
    View said = found.header().view();
    return votesFrom.isEmpty() ? said : said.and(area(found.contents()).view(votesFrom));
  }

  /** All records of that area, given what was just read of its header. */
  List<DurableRecord> records(NodeId area, ByteBuffer head) throws StorageException {
    return found(area, head, true).contents().records();
  }

  /** Only records that its owner had forced before, or none if it is just being changed. */
  List<DurableRecord> durable(NodeId area, ByteBuffer head) throws StorageException {
    Optional<Header> header = newest(area, head);
    return header.isEmpty() || header.get().generation() == Blocks.HEADER ? List.of()
        : scanned(area, header.get(), header.get().durable())
            .map(Contents::records).orElse(List.of());
  }

  /** A header, and the log that belongs to it if that was wanted. */
  private record Found(Header header, Contents contents) {}

  private Found found(NodeId area, ByteBuffer head, boolean withLog) throws StorageException {
    ByteBuffer newest = head;
    for (int i = 0; i < ATTEMPTS; i++) {
      // Its owner may have been stopped between two bytes of a write.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(i));
      Optional<Header> header = newest(area, newest);
      if (header.isPresent() && !withLog) {
        return new Found(header.get(), new Contents(List.of(), 0, 0));
      }
      Optional<Contents> contents = header.isPresent()
          ? contents(area, header.get()) : Optional.empty();
      newest = head(area);
      if (contents.isPresent() && sameGeneration(area, newest, header.get())) {
        return new Found(header.get(), contents.get());
      }
    }
    throw damaged(area, newest);
  }

  private static Area area(Contents contents) {
    Area area = new Area();
    contents.records().forEach(area::apply);
    return area;
  }

  private ByteBuffer head(NodeId area) throws StorageException {
    ByteBuffer head = blocks.exchange(List.of()).get(area);
    if (head == null) {
      throw Damage.at(name(area, Blocks.HEADER), 0, "the area was there and is gone");
    }
    return head;
  }

  /** The header if it is sound. */
  Optional<Header> newest(NodeId area, ByteBuffer head) throws StorageException {
    return Header.newest(head, name(area, Blocks.HEADER), salt(area, Blocks.HEADER));
  }

  private boolean sameGeneration(NodeId area, ByteBuffer head, Header header)
      throws StorageException {
    return newest(area, head).filter(now -> now.generation() == header.generation()).isPresent();
  }

  /** The log that this header speaks of; empty if it ends before it may. */
  Optional<Contents> contents(NodeId area, Header header) throws StorageException {
    if (header.generation() == Blocks.HEADER) {
      return Optional.of(new Contents(List.of(), 0, 0));
    }
    return scanned(area, header).filter(found -> found.end() >= header.durable());
  }

  private Optional<Contents> scanned(NodeId area, Header header) throws StorageException {
    return scanned(area, header, Integer.MAX_VALUE);
  }

  private Optional<Contents> scanned(NodeId area, Header header, long most)
      throws StorageException {
    Optional<byte[]> log = bytes(area, header.generation())
        .map(all -> all.length <= most ? all : Arrays.copyOf(all, (int) most));
    try {
      return log.isEmpty() ? Optional.empty()
          : Optional.of(LogFormat.read(log.get(), codec, salt(area, header.generation())));
    } catch (MalformedException e) {
      throw new StorageException(name(area, header.generation())
          + " holds a record that this release does not know (" + e.getMessage()
          + "): run the release that wrote it", e);
    }
  }

  private Optional<byte[]> bytes(NodeId area, long generation) throws StorageException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      Optional<ByteBuffer> next = blocks.log(area, generation, all.size());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      byte[] chunk = new byte[next.get().remaining()];
      if (chunk.length == 0) {
        return Optional.of(all.toByteArray());
      }
      next.get().get(chunk);
      all.write(chunk, 0, chunk.length);
    }
  }

  /** Says what is wrong with an area that cannot be read. */
  StorageException damaged(NodeId area, ByteBuffer head) throws StorageException {
    Optional<Header> header = newest(area, head);
    if (header.isEmpty()) {
      return Damage.at(name(area, Blocks.HEADER), 0, "neither of its two slots (at 0 and "
          + Blocks.PART_DISTANCE + ") is the one that was complete last and has a right checksum");
    }
    String log = name(area, header.get().generation());
    Optional<Contents> found = scanned(area, header.get());
    return found.isEmpty() ? Damage.at(log, 0, "it is missing")
        : Damage.at(log, found.get().end(), "there is no intact record, though "
            + header.get().durable() + " bytes were durable");
  }

  private String name(NodeId area, long generation) {
    return blocks.place() + "/" + Blocks.file(area, generation);
  }
}

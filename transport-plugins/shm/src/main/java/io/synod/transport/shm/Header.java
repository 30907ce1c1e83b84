package io.synod.transport.shm;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first bytes of a door or ring: what it is, whose, of which life of its owner, and the few
 * words that the two sides tell each other.
 */
final class Header {
  static final int BYTES = 1024;
  static final long DOOR = 0x31524f4f44_4e5953L;
  static final long RING = 0x31474e4952_4e5953L;
  /** Longer cluster names do not fit. */
  static final int LONGEST_NAME = 255;

  private static final int VERSION = 1;
  private static final int VERSION_AT = 8;
  private static final int CAPACITY_AT = 16;
  private static final int LIFE_AT = 24;
  private static final int INCARNATION_AT = 32;
  private static final int PID_AT = 40;
  private static final int STARTED_AT = 48;
  private static final int READER_LIFE_AT = 56;
  private static final int VERDICT_AT = 64;
  private static final int ENDED_AT = 68;
  private static final int ALIVE_AT = 72;
  private static final int CLUSTER_AT = 128;
  private static final int OWNER_AT = 512;
  private static final int READER_AT = 640;

  private final UnsafeBuffer bytes;

  private Header(UnsafeBuffer bytes) {
    this.bytes = bytes;
  }

  /** One life of a node: what its files are marked with. */
  record Life(Plugins.Local local, long number, long startedMillis) {}

  /** What the reader says of a ring. */
  enum Verdict {
    /** It has not looked yet. */
    NONE,
    /** It reads. */
    READS,
    /** The writer's cluster is another. */
    OTHER_CLUSTER,
    /** The writer is not among the peers. */
    NOT_A_PEER,
    /** The writer means another node. */
    NOT_ME,
    /** It has read something that no sound writer writes. */
    BROKEN
  }

  /** Writes the header of a new file, which has a ring of {@code capacity} bytes or none. */
  static Header write(MappedFile file, long kind, Life life, long capacity) {
    UnsafeBuffer bytes = file.part(0, BYTES);
    bytes.putLong(0, kind);
    bytes.putInt(VERSION_AT, VERSION);
    bytes.putLong(CAPACITY_AT, capacity);
    bytes.putLong(LIFE_AT, life.number);
    bytes.putLong(INCARNATION_AT, life.local.incarnation().number());
    bytes.putLong(PID_AT, ProcessHandle.current().pid());
    bytes.putLong(STARTED_AT, life.startedMillis);
    put(bytes, CLUSTER_AT, life.local.cluster());
    put(bytes, OWNER_AT, life.local.self().name());
    return new Header(bytes);
  }

  /** Checks what is there; names the file and the offset of what is wrong. */
  static Header read(MappedFile file, long kind) throws FaultException {
    UnsafeBuffer bytes = file.part(0, BYTES);
    Path path = file.path();
    if (bytes.getLong(0) != kind) {
      throw new FaultException(path, 0, "it does not say that it is a "
          + (kind == DOOR ? "door" : "ring") + " of Synod; remove it");
    }
    if (bytes.getInt(VERSION_AT) != VERSION) {
      throw new FaultException(path, VERSION_AT, "it has format version "
          + bytes.getInt(VERSION_AT) + ", this release has version " + VERSION
          + "; run the same release on all nodes");
    }
    long expected = BYTES + Ring.bytes(bytes.getLong(CAPACITY_AT));
    if (file.length() != expected) {
      throw new FaultException(path, CAPACITY_AT, "it says that the file has " + expected
          + " bytes, but it has " + file.length() + "; remove it");
    }
    Header header = new Header(bytes);
    try {
      header.cluster();
      header.owner();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new FaultException(path, CLUSTER_AT, "it has names that make no sense; remove it");
    }
    return header;
  }

  private static void put(UnsafeBuffer bytes, int at, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(at, encoded.length);
    bytes.putBytes(at + Integer.BYTES, encoded);
  }

  private String text(int at) {
    int length = bytes.getInt(at);
    if (length < 0 || length > LONGEST_NAME) {
      throw new IllegalArgumentException("a name of " + length + " bytes");
    }
    byte[] encoded = new byte[length];
    bytes.getBytes(at + Integer.BYTES, encoded);
    return new String(encoded, StandardCharsets.UTF_8);
  }

  long capacity() {
    return bytes.getLong(CAPACITY_AT);
  }

  long life() {
    return bytes.getLong(LIFE_AT);
  }

  String cluster() {
    return text(CLUSTER_AT);
  }

  NodeId owner() {
    return NodeId.of(text(OWNER_AT));
  }

  /** For people: the process that made it. */
  String process() {
    return "node " + owner() + " of cluster '" + cluster() + "', process "
        + bytes.getLong(PID_AT) + " since "
        + Instant.ofEpochMilli(bytes.getLong(STARTED_AT));
  }

  /** For which life of which node a ring is. */
  void reader(NodeId reader, long life) {
    put(bytes, READER_AT, reader.name());
    bytes.putLong(READER_LIFE_AT, life);
  }

  String reader() {
    return text(READER_AT);
  }

  long readerLife() {
    return bytes.getLong(READER_LIFE_AT);
  }

  Verdict verdict() {
    int ordinal = bytes.getIntVolatile(VERDICT_AT);
    Verdict[] all = Verdict.values();
    return ordinal < 0 || ordinal >= all.length ? Verdict.BROKEN : all[ordinal];
  }

  void verdict(Verdict verdict) {
    bytes.putIntVolatile(VERDICT_AT, verdict.ordinal());
  }

  /** The owner is gone and will not come back in this life. */
  void end() {
    bytes.putIntVolatile(ENDED_AT, 1);
  }

  boolean ended() {
    return bytes.getIntVolatile(ENDED_AT) != 0;
  }

  /** A sign of life, by the clock that all processes of a host share. */
  void alive(long nanos) {
    bytes.putLongVolatile(ALIVE_AT, nanos);
  }

  /** How long ago the last sign of life was; after a restart of the host, anything. */
  long silentNanos(long nanos) {
    return Math.abs(nanos - bytes.getLongVolatile(ALIVE_AT));
  }
}

package io.synod.storage.disk;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;
import io.synod.api.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a disk as one process reaches them: it changes those of its own area, which nobody
 * else has open, and reads all. Knows nothing of what they hold. One thread at a time; every method
 * may block. After a failure nothing is certain of what was asked.
 */
interface Blocks extends AutoCloseable {
  /** Stands for the header where a log's generation would; logs count from 1. */
  long HEADER = 0;

  /** The length of a header file. */
  int HEADER_BYTES = 3 * 4096;

  /** How far apart the parts of a header are, so that no torn write can hurt two. */
  int PART_DISTANCE = 4096;

  /** So much of each part of a header is read. */
  int PART_BYTES = 256;

  /** The most that one {@link #log} gives. */
  int CHUNK = 1 << 20;

  /** Where it is, for people; the files are named below it. */
  String place();

  /** Which disk it is. */
  Incarnation incarnation();

  /**
   * Writes all blocks in order, then reads the headers of all areas, the own one included: the
   * first {@link #PART_BYTES} of each part, back to back. A header that is not there yet is made
   * whole and durable by the first block for it, or not at all.
   */
  Map<NodeId, ByteBuffer> exchange(List<Block> blocks) throws StorageException;

  /** The next bytes of a log from there on, none at its end; empty if there is no such log. */
  Optional<ByteBuffer> log(NodeId area, long generation, long from) throws StorageException;

  /** Drops the own logs of all other generations. */
  void keepOnly(long generation) throws StorageException;

  /** Lets go of the own area. */
  @Override
  void close();

  /** The name of a file below {@link #place}. */
  static String file(NodeId area, long generation) {
    return "area-" + area
        + (generation == HEADER ? "/header" : String.format("/log-%016x", generation));
  }
}

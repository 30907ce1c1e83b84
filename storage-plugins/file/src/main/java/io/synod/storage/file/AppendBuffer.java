package io.synod.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Hands frames from the loop to the journal's thread without a lock for each record: a chain of
 * chunks that the loop fills and publishes, and the journal's thread writes out and gives back.
 */
final class AppendBuffer {
  /** Small enough to stay in a core's cache, large enough for few writes. */
  static final int CHUNK = 256 << 10;
  private static final int KEPT = 16;

  /** Touched once for each chunk only. */
  private final ArrayBlockingQueue<Chunk> free = new ArrayBlockingQueue<>(KEPT);
  private Chunk tail = new Chunk(0);
  private Chunk head = tail;
  private long appendedBytes;
  private long drainedBytes;
  private volatile long writtenBytes;
  private volatile long publishedPosition;

  /** A piece of the chain. The plain fields are set before the chunk is linked. */
  private static final class Chunk {
    final ByteBuffer buffer;
    final ByteBuffer view;
    int written;
    boolean startsSegment;
    boolean checkpoint;
    long firstPosition;
    long segmentBytes;
    volatile int published;
    volatile Chunk next;

    Chunk(int bytes) {
      buffer = Frames.buffer(bytes);
      view = buffer.duplicate();
    }
  }

  // The loop's side.

  /** The buffer to write the next frames into, if they fit. */
  ByteBuffer current() {
    return tail.buffer;
  }

  /** Goes on in a chunk with room for that many bytes; publishes all before. */
  void more(int bytes, long lastPosition) {
    link(chunk(bytes), lastPosition);
  }

  /** The same for the first bytes of a new segment of at least {@code segmentBytes}. */
  void segment(int bytes, long first, boolean checkpoint, long segmentBytes) {
    Chunk chunk = chunk(bytes);
    chunk.startsSegment = true;
    chunk.checkpoint = checkpoint;
    chunk.firstPosition = first;
    chunk.segmentBytes = segmentBytes;
    link(chunk, first - 1);
  }

  private Chunk chunk(int bytes) {
    Chunk chunk = bytes > CHUNK ? null : free.poll();
    return chunk == null ? new Chunk(Math.max(bytes, CHUNK)) : chunk;
  }

  private void link(Chunk chunk, long lastPosition) {
    appendedBytes += tail.buffer.position();
    publish(lastPosition);
    tail.next = chunk;
    tail = chunk;
  }

  /** Lets the journal's thread see all appended, which reaches up to {@code lastPosition}. */
  void publish(long lastPosition) {
    tail.published = tail.buffer.position();
    publishedPosition = lastPosition;
  }

  /** How many bytes of full chunks are not yet written out. */
  long backlog() {
    return appendedBytes - writtenBytes;
  }

  // The journal's thread.

  /** Writes out all published; returns the position up to which. */
  long drainTo(SegmentWriter writer) throws IOException {
    long upTo = publishedPosition;
    while (true) {
      // In this order: once there is a next chunk, this one's end is final.
      Chunk next = head.next;
      write(head, head.published, writer);
      if (next == null) {
        return upTo;
      }
      recycle(head);
      head = next;
    }
  }

  private void write(Chunk chunk, int end, SegmentWriter writer) throws IOException {
    if (end == chunk.written) {
      return;
    }
    if (chunk.startsSegment) {
      writer.roll(chunk.firstPosition, chunk.checkpoint, chunk.segmentBytes);
      chunk.startsSegment = false;
    }
    writer.write(chunk.view.limit(end).position(chunk.written));
    chunk.written = end;
  }

  private void recycle(Chunk chunk) {
    drainedBytes += chunk.written;
    writtenBytes = drainedBytes;
    if (chunk.buffer.capacity() == CHUNK && free.remainingCapacity() > 0) {
      chunk.buffer.clear();
      chunk.view.clear();
      chunk.written = 0;
      chunk.published = 0;
      chunk.next = null;
      free.add(chunk);
    }
  }
}

package io.synod.transport.shm;

import io.synod.api.model.NodeId;
import io.synod.api.transport.PeerAddress;
import io.synod.transport.netty.Keys;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The channel to one peer. The loop queues, and writes into the ring at the end of its turn; what
 * finds no room there is written by the transport's thread, which also makes and leaves rings. The
 * lock is held while bytes are copied, never while a file is made. Beyond its bound the queue
 * drops, and while the peer is away so does the channel.
 */
final class Outgoing {
  private final Rim rim;
  private final NodeId peer;
  private final AtomicLong waiting = new AtomicLong();
  private final List<byte[]> turn = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock.
  private final ArrayDeque<byte[]> backlog = new ArrayDeque<>();
  private Ring ring;
  private int written;
  private boolean reads;

  private volatile boolean broken;
  private volatile PeerAddress address;
  private volatile boolean takes = true;
  private volatile boolean wanted;
  private volatile boolean closed;

  Outgoing(Rim rim, NodeId peer, PeerAddress address) {
    this.rim = rim;
    this.peer = peer;
    this.address = address;
  }

  NodeId peer() {
    return peer;
  }

  PeerAddress address() {
    return address;
  }

  void moved(PeerAddress to) {
    address = to;
  }

  // The loop's side.

  /** Whether the message is the first of this turn. */
  boolean add(byte[] message) {
    wanted = true;
    if (!takes || !hasRoomFor(message.length)) {
      return false;
    }
    waiting.addAndGet(message.length);
    turn.add(message);
    return turn.size() == 1;
  }

  /** A single message may exceed the bound of an empty queue: else it could never be sent. */
  private boolean hasRoomFor(int size) {
    long now = waiting.get();
    if (now == 0 || now + size <= rim.peerQueue()) {
      return true;
    }
    rim.log().warn("full", peer, rim.name() + " drops messages for " + peer + ": " + now
        + " bytes are waiting for it, " + Keys.PEER_QUEUE.key() + " = " + rim.peerQueue());
    return false;
  }

  /** The end of a turn. */
  void flush() {
    lock.lock();
    try {
      backlog.addAll(turn);
      turn.clear();
      push();
    } finally {
      lock.unlock();
    }
  }

  // Both sides, under the lock.

  private void push() {
    if (closed || !takes) {
      drop();
      return;
    }
    try {
      while (reads && !broken && !backlog.isEmpty() && push(backlog.peek())) {
        waiting.addAndGet(-backlog.remove().length);
        written = 0;
      }
    } catch (RuntimeException | InternalError e) {
      // Counters that make no sense, or a file that was cut while it is mapped.
      broken = true;
      rim.log().warn("broken", peer, rim.name() + " stops writing to " + ring.file().path()
          + ": it is damaged (" + e + ")");
    }
  }

  /** Whether the message is in the ring as a whole now. */
  private boolean push(byte[] message) {
    int most = ring.pieces().maxMsgLength() - Integer.BYTES;
    do {
      boolean start = written == 0;
      int head = start ? Integer.BYTES : 0;
      int count = Math.min(most, message.length - written);
      int at = ring.pieces().tryClaim(start ? Ring.START : Ring.MORE, head + count);
      if (at < 0) {
        return false;
      }
      if (start) {
        ring.pieces().buffer().putInt(at, message.length);
      }
      ring.pieces().buffer().putBytes(at + head, message, written, count);
      ring.pieces().commit(at);
      written += count;
    } while (written < message.length);
    return true;
  }

  private void drop() {
    for (byte[] message : backlog) {
      waiting.addAndGet(-message.length);
    }
    backlog.clear();
    written = 0;
  }

  // The transport's thread.

  /** Writes what found no room; returns how much was written. */
  int pushMore() {
    if (waiting.get() == 0 || !lock.tryLock()) {
      return 0;
    }
    try {
      long before = waiting.get();
      push();
      return waiting.get() < before ? 1 : 0;
    } finally {
      lock.unlock();
    }
  }

  boolean isWanted() {
    return wanted && !closed;
  }

  /** From now on through that ring; false when the channel has been closed meanwhile. */
  boolean through(Ring made) {
    lock.lock();
    try {
      if (!closed) {
        ring = made;
        reads = false;
        broken = false;
        takes = true;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** The reader has said that it reads. */
  void open() {
    lock.lock();
    try {
      reads = ring != null;
      push();
    } finally {
      lock.unlock();
    }
  }

  boolean isBroken() {
    return broken;
  }

  /** Whether messages are worth to be kept; if not, those that wait are dropped. */
  void takes(boolean now) {
    takes = now;
    if (!now) {
      pushMore();
    }
  }

  /** Leaves the ring, which is removed, and what was waiting for it. */
  void leave() {
    Ring left;
    lock.lock();
    try {
      left = ring;
      ring = null;
      reads = false;
      drop();
    } finally {
      lock.unlock();
    }
    try {
      if (left != null) {
        left.end();
      }
    } catch (IOException e) {
      rim.log().warn("left", peer, rim.name() + " cannot remove the ring to " + peer + ": "
          + Mailbox.why(e));
    }
  }

  /** Nothing is sent any more; any thread. */
  void close() {
    closed = true;
    takes = false;
  }

  boolean isClosed() {
    return closed;
  }
}

package io.synod.runtime.node;

import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.Journal;
import io.synod.api.storage.StorageException;
import io.synod.api.transport.MessageCodec;
import io.synod.api.transport.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one place of the runtime that decides what leaves when. Records go to the journal in the
 * order in which they were persisted, and the journal is told to force once a turn. What is gated
 * (send, whenDurable) carries the number of records persisted before it and waits until so many
 * are forced; among themselves the gated keep their order. What is not gated leaves with the turn,
 * once that turn's records are appended without error.
 *
 * <p>If the journal fails, nothing more is released. Loop thread only.
 */
final class DurableEffects implements Effects {
  private static final int ROUNDS_A_TURN = 16;
  private static final long NONE = -1;

  private final NodeId self;
  private final Journal journal;
  private final boolean durable;
  private final Transport transport;
  private final MessageCodec codec;
  private final Consumer<LoopTask> poster;

  private final List<DurableRecord> unwritten = new ArrayList<>();
  private final Deque<Gated> gated = new ArrayDeque<>();
  private final List<NodeId> receivers = new ArrayList<>();
  private final List<Message> outgoing = new ArrayList<>();
  /** Messages to this node and callbacks whose time has come. */
  private final Deque<Object> own = new ArrayDeque<>();

  private long persisted;
  private long forced;
  private long checkpoint = NONE;
  private long dropBefore = NONE;

  /** Either a message, or a callback whose receiver is null. */
  private record Gated(long after, NodeId to, Object what) {}

  /**
   * Over that store and transport.
   *
   * @param durable whether forcing means anything to the journal; if not, nothing waits for it
   * @param poster puts a task into the loop's queue, from any thread
   */
  DurableEffects(
      NodeId self, Journal journal, boolean durable, Transport transport, MessageCodec codec,
      Consumer<LoopTask> poster) {
    this.self = self;
    this.journal = journal;
    this.durable = durable;
    this.transport = transport;
    this.codec = codec;
    this.poster = poster;
  }

  /** A replayed record: remembers the checkpoint that older ones may be dropped before. */
  void recovered(DurableRecord record, long position) {
    if (record.startsSegment()) {
      checkpoint = position;
    }
  }

  @Override
  public void persist(DurableRecord record) {
    unwritten.add(record);
    persisted++;
  }

  @Override
  public void send(NodeId to, Message message) {
    if (open()) {
      sendNow(to, message);
    } else {
      gated.add(new Gated(persisted, to, message));
    }
  }

  @Override
  public void sendNow(NodeId to, Message message) {
    if (to.equals(self)) {
      own.add(message);
    } else {
      receivers.add(to);
      outgoing.add(message);
    }
  }

  @Override
  public void whenDurable(Runnable then) {
    if (open()) {
      own.add(then);
    } else {
      gated.add(new Gated(persisted, null, then));
    }
  }

  @Override
  public void dropBeforeCheckpoint() {
    dropBefore = checkpoint;
  }

  /** Whether messages of this node to itself wait for the next turn. */
  boolean pending() {
    return !own.isEmpty();
  }

  /** Delivers what the node said to itself and ends the turn, again until it is quiet. */
  void settle(Core core) {
    int rounds = 0;
    do {
      deliverOwn(core);
      core.endOfTurn();
      rounds++;
    } while (!own.isEmpty() && rounds < ROUNDS_A_TURN);
  }

  /** Appends, sends, starts to force. After an exception nothing may be called any more. */
  void flush() throws StorageException {
    boolean something = !unwritten.isEmpty();
    for (int i = 0; i < unwritten.size(); i++) {
      append(unwritten.get(i));
    }
    unwritten.clear();
    if (!outgoing.isEmpty()) {
      for (int i = 0; i < outgoing.size(); i++) {
        transport.send(receivers.get(i), outgoing.get(i));
      }
      receivers.clear();
      outgoing.clear();
      transport.flush();
    }
    if (something && durable) {
      journal.sync(new Force(persisted));
    }
    if (dropBefore != NONE) {
      journal.dropBefore(dropBefore);
      dropBefore = NONE;
    }
  }

  /** Whether all that was persisted is forced, so that nothing gated waits. */
  boolean allForced() {
    return !durable || forced == persisted;
  }

  private boolean open() {
    return gated.isEmpty() && allForced();
  }

  private void deliverOwn(Core core) {
    for (int left = own.size(); left > 0; left--) {
      Object next = own.remove();
      if (next instanceof Message message) {
        core.onMessage(self, message);
      } else {
        ((Runnable) next).run();
      }
    }
  }

  private void append(DurableRecord record) throws StorageException {
    ByteBuffer bytes = codec.encodeRecord(record);
    if (record.startsSegment()) {
      checkpoint = journal.appendCheckpoint(bytes);
    } else {
      journal.append(bytes);
    }
  }

  private void release(long upTo) {
    forced = upTo;
    while (!gated.isEmpty() && gated.peek().after <= upTo) {
      Gated next = gated.remove();
      if (next.to == null) {
        own.add(next.what);
      } else {
        sendNow(next.to, (Message) next.what);
      }
    }
  }

  /** One call of sync, and its answer on the loop. */
  private final class Force implements Journal.SyncListener, LoopTask {
    private final long upTo;
    private StorageException failure;

    Force(long upTo) {
      this.upTo = upTo;
    }

    @Override
    public void durable(long position) {
      poster.accept(this);
    }

    @Override
    public void failed(StorageException cause) {
      failure = cause;
      poster.accept(this);
    }

    @Override
    public void run() throws StorageException {
      if (failure != null) {
        throw failure;
      }
      release(upTo);
    }
  }
}

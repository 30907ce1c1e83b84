package io.synod.sharedmemory;

import io.synod.api.memory.Counts;
import io.synod.api.memory.NotTheWriterException;
import io.synod.api.memory.SharedMemory;
import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One node of a cluster of atomic registers: replica, reader and writer in one, without threads,
 * time or I/O. The runtime and the simulator drive it; all calls on the loop. {@link SharedMemory}
 * says what users may rely on.
 *
 * <p>A write takes the first tag above all that a read quorum has (a single writer: above its own
 * copy, which is the highest there is), keeps it on its own disk, so that no later life uses the
 * tag again, and ends when a write quorum has it. A read takes the highest tag of a read quorum
 * and, before it answers, propagates it to a write quorum: otherwise a later read could miss it.
 * It need not where the tag is known to be complete, that is at a write quorum already: because
 * these very answers say so, or because somebody who completed it has announced it.
 *
 * <p>Operations asked for before {@link #start} wait. An operation never fails; it goes on until
 * quorums answer.
 */
public final class AtomicRegisters {
  private final LayerContext context;
  private final QuorumSystem quorums;
  private final Replica replica;
  private final Phases phases;
  private final Optional<NodeId> writer;
  private final boolean counting;
  private final boolean announcing;
  private final long maxValue;
  private final List<Runnable> waiting = new ArrayList<>();
  private final Map<String, Tag> news = new TreeMap<>();
  private long epoch;
  private boolean started;
  private Counts counts = Counts.NONE;

  /** Over quorums that meet, which whoever made them has checked. */
  public AtomicRegisters(LayerContext context, QuorumSystem quorums) {
    this.context = context;
    this.quorums = quorums;
    this.replica = new Replica(
        context.effects(), context.settings().get(MemorySettings.CHECKPOINT_BYTES));
    this.phases = new Phases(context, quorums);
    String named = context.settings().get(MemorySettings.WRITER);
    this.writer = named.isEmpty() ? Optional.empty() : Optional.of(NodeId.of(named));
    String completion = context.settings().get(MemorySettings.COMPLETION);
    this.counting = !completion.equals("off");
    this.announcing = completion.equals("announced");
    this.maxValue = context.settings().get(MemorySettings.MAX_VALUE);
  }

  /** Replays one record; before {@link #start}, in the order of the journal. */
  public void recover(DurableRecord record) {
    if (record instanceof DurableRecord.Booted booted) {
      epoch = booted.epoch();
    } else if (record instanceof DurableRecord.CopiesFollow follow) {
      epoch = follow.epoch();
    }
    replica.recover(record);
  }

  /** Takes part from now on; asks for the first time when the number of this life is on disk. */
  public void start() {
    epoch++;
    context.effects().persist(new DurableRecord.Booted(epoch));
    context.effects().whenDurable(() -> {
      phases.begin(epoch);
      started = true;
      waiting.forEach(Runnable::run);
      waiting.clear();
    });
  }

  /** A message of a peer, or of this node to itself. */
  public void onMessage(NodeId from, Message message) {
    if (message instanceof MemoryMessage.Request request) {
      replica.onRequest(from, request);
    } else if (message instanceof MemoryMessage.Answer answer) {
      phases.onAnswer(from, answer);
    } else if (message instanceof MemoryMessage.Complete complete) {
      complete.tags().forEach(replica::complete);
    }
  }

  /** Everything that had arrived is handled. */
  public void endOfTurn() {
    if (!news.isEmpty()) {
      MemoryMessage.Complete complete = new MemoryMessage.Complete(news);
      news.clear();
      for (NodeId each : quorums.acceptors()) {
        if (!each.equals(context.self())) {
          context.effects().sendNow(each, complete);
        }
      }
    }
    replica.rewriteIfGrown(epoch);
  }

  /**
   * Reads a register. {@code then} gets the value, which is shared and not to be written to.
   *
   * @throws IllegalArgumentException for a name that is empty or too long
   */
  public void read(String name, Consumer<Optional<byte[]>> then) {
    checkName(name);
    whenStarted(() -> phases.read(name, copies -> found(name, copies, then)));
  }

  /**
   * Writes a register; the array belongs to this node from now on.
   *
   * @throws NotTheWriterException where another node is the only writer
   * @throws IllegalArgumentException for an illegal name, or a value that is too large
   */
  public void write(String name, byte[] value, Runnable then) {
    checkName(name);
    if (value.length > maxValue) {
      throw new IllegalArgumentException("a value of " + value.length + " bytes for register '"
          + name + "' is above " + MemorySettings.MAX_VALUE.key() + " = " + maxValue);
    }
    writer.filter(one -> !one.equals(context.self())).ifPresent(other -> {
      throw new NotTheWriterException(name, other, context.self());
    });
    whenStarted(() -> {
      if (writer.isPresent()) {
        store(name, Tag.NONE, value, then);
      } else {
        phases.read(name, copies -> store(name, newest(copies).tag(), value, then));
      }
    });
  }

  /** What the operations of this life have cost. */
  public Counts counts() {
    return counts;
  }

  /** The own copy goes first, and counts as seen: no two writes of this node share a tag. */
  private void store(String name, Tag seen, byte[] value, Runnable then) {
    Tag tag = Tag.max(seen, replica.tag(name)).nextFor(context.self());
    replica.keep(name, tag, value);
    phases.write(name, tag, value, () -> {
      counts = counts.plus(new Counts(0, 1, 0, 0, 0));
      completed(name, tag);
      then.run();
    });
  }

  private void found(
      String name, Map<NodeId, ReadAck> copies, Consumer<Optional<byte[]>> then) {
    ReadAck newest = newest(copies);
    Tag tag = newest.tag();
    if (tag.equals(Tag.NONE)) { // all begin with it, so that it is complete
      counts = counts.plus(new Counts(1, 0, 0, 1, 0));
      then.accept(Optional.empty());
    } else if (counting && agreed(copies, tag)) {
      counts = counts.plus(new Counts(1, 0, 0, 1, 0));
      replica.complete(name, tag);
      then.accept(Optional.of(newest.value()));
    } else if (announcing && knownComplete(name, copies, tag)) {
      counts = counts.plus(new Counts(1, 0, 0, 0, 1));
      then.accept(Optional.of(newest.value()));
    } else {
      phases.write(name, tag, newest.value(), () -> {
        counts = counts.plus(new Counts(1, 0, 1, 0, 0));
        completed(name, tag);
        then.accept(Optional.of(newest.value()));
      });
    }
  }

  /** Whether those who answered with the highest tag are a write quorum by themselves. */
  private boolean agreed(Map<NodeId, ReadAck> copies, Tag tag) {
    Set<NodeId> having = new TreeSet<>();
    copies.forEach((replica, copy) -> {
      if (copy.tag().equals(tag)) {
        having.add(replica);
      }
    });
    return quorums.isWriteQuorum(having);
  }

  private boolean knownComplete(String name, Map<NodeId, ReadAck> copies, Tag tag) {
    return replica.isComplete(name, tag)
        || copies.values().stream().anyMatch(copy -> !copy.complete().before(tag));
  }

  private void completed(String name, Tag tag) {
    if (announcing && !replica.isComplete(name, tag)) {
      news.merge(name, tag, Tag::max);
    }
    replica.complete(name, tag);
  }

  private static ReadAck newest(Map<NodeId, ReadAck> copies) {
    ReadAck newest = null;
    for (ReadAck copy : copies.values()) {
      newest = newest == null || newest.tag().before(copy.tag()) ? copy : newest;
    }
    return newest;
  }

  private void whenStarted(Runnable operation) {
    if (started) {
      operation.run();
    } else {
      waiting.add(operation);
    }
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.length() > SharedMemory.LONGEST_NAME) {
      throw new IllegalArgumentException("the name of a register has 1 to "
          + SharedMemory.LONGEST_NAME + " characters, not " + name.length());
    }
  }
}

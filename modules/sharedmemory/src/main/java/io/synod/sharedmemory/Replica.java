package io.synod.sharedmemory;

import io.synod.api.effect.Effects;
import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Request;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.TreeMap;

/**
 * This node's copies of the registers, each with the highest tag that it has seen.
 *
 * <p>The rule of durability, all of it: a copy is persisted when it is taken, and whatever shows
 * it to anybody goes by {@link Effects#send}, which waits until it is forced. So no answer names a
 * tag that a crash could take back, and a write quorum that acknowledged a tag has it whoever
 * restarts. What is known to be complete is not persisted: forgotten, it costs a propagation.
 */
final class Replica {
  private static final byte[] NOTHING = {};
  private static final Copy NEVER_WRITTEN = new Copy(Tag.NONE, NOTHING, Tag.NONE);
  /** About what a copy takes besides its name and value. */
  private static final int OVERHEAD = 32;

  private final Effects effects;
  private final long checkpointBytes;
  private final Map<String, Copy> copies = new TreeMap<>();
  private long live;
  private long journaled;
  private boolean rewriting;

  /** A value, its tag, and the highest tag known to be complete. */
  private record Copy(Tag tag, byte[] value, Tag complete) {}

  Replica(Effects effects, long checkpointBytes) {
    this.effects = effects;
    this.checkpointBytes = checkpointBytes;
  }

  /** Replays one record. */
  void recover(DurableRecord record) {
    if (record instanceof DurableRecord.RegisterCopy copy) {
      journaled += weight(copy.name(), copy.value());
      take(copy.name(), copy.tag(), copy.value());
    } else if (record instanceof DurableRecord.CopiesFollow) {
      journaled = 0;
    }
  }

  /** The tag of the own copy. */
  Tag tag(String name) {
    return copy(name).tag;
  }

  /** Whether a write quorum is known to have that tag of the register, or a higher one. */
  boolean isComplete(String name, Tag tag) {
    return !copy(name).complete.before(tag);
  }

  /** A write quorum has that tag on disk. Nothing is remembered of registers without a copy. */
  void complete(String name, Tag tag) {
    copies.computeIfPresent(name, (key, copy) ->
        new Copy(copy.tag, copy.value, Tag.max(copy.complete, tag)));
  }

  /** Keeps a value unless the copy has a higher tag. */
  void keep(String name, Tag tag, byte[] value) {
    if (take(name, tag, value)) {
      persist(name, tag, value);
    }
  }

  /** Does what it is asked, and answers. */
  void onRequest(NodeId from, Request request) {
    if (request instanceof Write write) {
      keep(write.name(), write.tag(), write.value());
      effects.send(from, new WriteAck(write.request()));
    } else if (request instanceof Read read) {
      Copy copy = copy(read.name());
      effects.send(from, new ReadAck(read.request(), copy.tag, copy.value, copy.complete));
    }
  }

  /** Writes all copies anew, once the journal holds mostly what is superseded. */
  void rewriteIfGrown(long epoch) {
    if (rewriting || journaled < Math.max(checkpointBytes, 2 * live)) {
      return;
    }
    rewriting = true;
    journaled = 0;
    effects.persist(new DurableRecord.CopiesFollow(epoch));
    copies.forEach((name, copy) -> persist(name, copy.tag, copy.value));
    effects.whenDurable(() -> {
      rewriting = false;
      effects.dropBeforeCheckpoint();
    });
  }

  private Copy copy(String name) {
    return copies.getOrDefault(name, NEVER_WRITTEN);
  }

  private boolean take(String name, Tag tag, byte[] value) {
    Copy old = copy(name);
    if (!old.tag.before(tag)) {
      return false;
    }
    live += weight(name, value) - (old.tag.equals(Tag.NONE) ? 0 : weight(name, old.value));
    copies.put(name, new Copy(tag, value, old.complete));
    return true;
  }

  private void persist(String name, Tag tag, byte[] value) {
    journaled += weight(name, value);
    effects.persist(new DurableRecord.RegisterCopy(name, tag, value));
  }

  private static long weight(String name, byte[] value) {
    return OVERHEAD + name.length() + (long) value.length;
  }
}

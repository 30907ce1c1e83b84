package io.synod.api.message;

import io.synod.api.memory.Tag;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages of atomic registers without consensus (Attiya, Bar-Noy, Dolev).
 *
 * <pre>
 * reader or writer --- Read  ---&gt; all --- ReadAck  ---&gt; (until a read quorum has answered)
 * reader or writer --- Write ---&gt; all --- WriteAck ---&gt; (until a write quorum has answered)
 * whoever completed a tag --- Complete ---&gt; all
 * </pre>
 *
 * <p>A Write with a tag that is known already is what the paper calls propagate: whoever takes it
 * does the same. The number of a request belongs to one life of its sender and is never used
 * again, so that a late answer to a former life counts for nothing.
 */
public sealed interface MemoryMessage extends Message {
  /** What a replica is asked. */
  sealed interface Request extends MemoryMessage {
    /** Tells the requests of one sender apart, also those of its former lives. */
    long request();
  }

  /** What a replica answers. */
  sealed interface Answer extends MemoryMessage {
    /** The request that is answered. */
    long request();
  }

  /** Asks for a replica's copy of a register. */
  record Read(long request, String name) implements Request {}

  /**
   * The copy, which the replica has on disk.
   *
   * @param value of no meaning where the tag is {@link Tag#NONE}
   * @param complete the highest tag of which the replica knows that a write quorum has it
   */
  record ReadAck(long request, Tag tag, byte[] value, Tag complete) implements Answer {}

  /** Asks a replica to keep that value unless it has one with a higher tag. */
  record Write(long request, String name, Tag tag, byte[] value) implements Request {}

  /** The replica has that tag, or a higher one, on disk. */
  record WriteAck(long request) implements Answer {}

  /** A write quorum has these tags, or higher ones, on disk. Sent once: it may be lost. */
  record Complete(Map<String, Tag> tags) implements MemoryMessage {
    /** Copies the tags in the order of names. */
    public Complete {
      tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
  }
}

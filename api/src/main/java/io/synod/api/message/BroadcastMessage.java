package io.synod.api.message;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import java.util.List;

/**
 * Messages of total order broadcast: decisions, and catch-up from any peer.
 *
 * <pre>
 * leader --- Decided ---&gt; all
 * all    --- Progress --&gt; all (periodic)
 * behind --- CatchUp ---&gt; peer --- Decisions | SnapshotOffer ---&gt;
 * behind --- FetchChunk -&gt; peer --- Chunk ---&gt;
 * </pre>
 */
public sealed interface BroadcastMessage extends Message {
  /** Everything ≤ {@code upTo} is chosen; in the window of {@code ballot}, as voted in it. */
  record Decided(Ballot ballot, InstanceId upTo) implements BroadcastMessage {}

  /**
   * What the sender can serve: decisions from {@code retained} on, up to {@code decided}; and who
   * it is: its store, and the highest era that it knows to be active.
   */
  record Progress(
      InstanceId decided, InstanceId retained, Incarnation incarnation, Era active)
      implements BroadcastMessage {}

  /** UPDATE of the one that is behind: asks for the decisions from {@code from} on. */
  record CatchUp(InstanceId from, int maxBytes) implements BroadcastMessage {}

  /**
   * UPDATE: decisions of consecutive instances, and how far the sender is. None of them was chosen
   * in a ballot above {@code ballot}.
   */
  record Decisions(Ballot ballot, InstanceId first, List<Value> values, InstanceId decided)
      implements BroadcastMessage {
    /** Copies the list. */
    public Decisions {
      values = List.copyOf(values);
    }
  }

  /**
   * The decisions asked for are gone; there is a snapshot as of {@code last} instead, of decisions
   * none of which was chosen in a ballot above {@code ballot}.
   */
  record SnapshotOffer(Ballot ballot, InstanceId last, long length) implements BroadcastMessage {}

  /** Asks for a part of the snapshot as of {@code last}; may be repeated and resumed. */
  record FetchChunk(InstanceId last, long offset, int maxBytes) implements BroadcastMessage {}

  /** A part of that snapshot; {@code length} is the whole one's. Empty: no longer there. */
  record Chunk(InstanceId last, long length, long offset, byte[] bytes)
      implements BroadcastMessage {}
}

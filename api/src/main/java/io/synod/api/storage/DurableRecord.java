package io.synod.api.storage;

import io.synod.api.memory.Tag;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a node writes to its journal. Replaying the records in order of appending gives back the
 * state; each record is atomic.
 */
public sealed interface DurableRecord {
  /** Whether it begins a segment, as older ones may be dropped once what follows it is forced. */
  default boolean startsSegment() {
    return false;
  }

  /** The node started for the {@code epoch}-th time with this store; also Ω's own epoch. */
  record Booted(long epoch) implements DurableRecord {}

  /** Acceptor: no ballot below will be answered (maxBal). */
  record Promised(Ballot ballot) implements DurableRecord {}

  /** Acceptor: votes in {@code ballot} for the consecutive instances from {@code first}. */
  record Voted(Ballot ballot, InstanceId first, List<Value> values) implements DurableRecord {
    /** Copies the list. */
    public Voted {
      values = List.copyOf(values);
    }
  }

  /** Acceptor: a 1c is stored: promise, votes for its window, adopted era and floor in one. */
  record StoredOneC(OneC oneC) implements DurableRecord {}

  /** Learner: decisions of instances that this acceptor did not vote for. */
  record Learned(InstanceId first, List<Value> values) implements DurableRecord {
    /** Copies the list. */
    public Learned {
      values = List.copyOf(values);
    }
  }

  /**
   * Learner: all instances ≤ upTo are decided, with the values learned before this record, or
   * else with this acceptor's votes as they stand at this record.
   */
  record DecidedUpTo(InstanceId upTo) implements DurableRecord {}

  /**
   * Learner: some of what is decided here may have been chosen in ballots up to this one, though
   * the acceptor has not promised it.
   */
  record DecidedIn(Ballot ballot) implements DurableRecord {}

  /** Era {@code era} is active. */
  record Activated(Era era, Configuration configuration) implements DurableRecord {}

  /** A peer introduced this store first under its id. */
  record Met(NodeId node, Incarnation incarnation) implements DurableRecord {}

  /** Enough peers confirmed that this store is the first under its id: the acceptor may speak. */
  record Admitted() implements DurableRecord {}

  /**
   * Everything that the records before it amount to, apart from what a snapshot as of
   * {@code decided} holds. Starts a segment, so that older segments can be dropped.
   */
  record Checkpoint(
      long epoch, boolean admitted, Map<NodeId, Incarnation> met, Ballot promised,
      Optional<OneC> oneC, InstanceId kept, InstanceId floor, Era adopted, Eras eras,
      Ballot decidedIn, InstanceId decided, List<Vote> votes) implements DurableRecord {
    /** Copies the collections; the peers in the order of their ids. */
    public Checkpoint {
      met = Collections.unmodifiableMap(new TreeMap<>(met));
      votes = List.copyOf(votes);
    }

    @Override
    public boolean startsSegment() {
      return true;
    }
  }

  /** Replica of atomic registers: its copy of one, until it has one with a higher tag. */
  record RegisterCopy(String name, Tag tag, byte[] value) implements DurableRecord {}

  /** Replica of atomic registers: all its copies follow, so that older records say nothing new. */
  record CopiesFollow(long epoch) implements DurableRecord {
    @Override
    public boolean startsSegment() {
      return true;
    }
  }
}

package io.synod.replication;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.SnapshotContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one survivor holds of a cluster that has lost its majority for good. What it knows to be
 * decided is applied, and then what it has voted for, as if that had been chosen: a value that a
 * majority chose with this node's vote is among it, one that was chosen without it is lost. One
 * thread; sends and persists nothing of worth.
 */
public final class Remains {
  private final Layers layers;
  private final NodeCore core;
  private InstanceId last = InstanceId.NONE;
  private Era era = Era.ZERO;

  /**
   * What was found.
   *
   * @param eras as the survivor knew them
   * @param decided known to be decided up to here
   * @param last where the log ends with what is taken as decided
   * @param taken how many values were voted for only
   * @param skipped how many instances before {@code last} have neither a decision nor a vote here
   */
  public record Found(Eras eras, InstanceId decided, InstanceId last, long taken, long skipped) {}

  /** Over the layers of a node that is not running. */
  public Remains(Layers layers) {
    this.layers = layers;
    this.core = new NodeCore(layers);
  }

  /** Replays one record of the journal, in order. */
  public void recover(DurableRecord record) {
    core.recover(record);
  }

  /** All records are replayed: brings the state machine as far as it goes. Called once. */
  public Found gather() {
    core.start(false);
    InstanceId decided = layers.broadcast().decided();
    Invariant.check(
        core.applied().equals(decided), "applied up to %s of %s", core.applied(), decided);
    Map<InstanceId, Value> voted = new TreeMap<>();
    for (Vote vote : core.checkpoint().votes()) {
      voted.put(vote.instance(), vote.value());
    }
    last = decided;
    long skipped = 0;
    for (Map.Entry<InstanceId, Value> vote : voted.entrySet()) {
      while (last.next().before(vote.getKey())) {
        apply(Value.SKIP);
        skipped++;
      }
      apply(vote.getValue());
    }
    Eras eras = layers.authority().eras();
    era = after(eras);
    return new Found(eras, decided, last, voted.size(), skipped);
  }

  private void apply(Value value) {
    last = last.next();
    core.deliver(last, value);
  }

  /** Above every era that anybody may have made, one that only hangs in votes included. */
  private static Era after(Eras eras) {
    List<Era> known = new ArrayList<>(eras.configurations().keySet());
    return Era.max(known.get(known.size() - 1), eras.made().next()).next();
  }

  /** The era of the new cluster. */
  public Era era() {
    return era;
  }

  /** A snapshot as of the last instance, of a log that has made that configuration last. */
  public SnapshotContent snapshot(Configuration alone) {
    return core.content(eras(alone));
  }

  /** The only record of the new cluster's first store; the snapshot belongs to it. */
  public DurableRecord.Checkpoint checkpoint(Configuration alone) {
    DurableRecord.Checkpoint old = core.checkpoint();
    return new DurableRecord.Checkpoint(
        old.epoch(), true, new TreeMap<>(), old.promised(), Optional.empty(),
        last.next(), last.next(), era, eras(alone), old.decidedIn(), last, List.of());
  }

  private Eras eras(Configuration alone) {
    TreeMap<Era, Configuration> only = new TreeMap<>();
    only.put(era, alone);
    return new Eras(era, era, only);
  }
}

package io.synod.testkit.sim;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.register.leased.LeaseRecord;
import io.synod.register.leased.SharedArea;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Plain memory that compares nothing: records that are written over, and an area for all. */
final class LeasedMemory {
  private final Set<NodeId> known = new TreeSet<>();
  private LeaseRecord lease = LeaseRecord.NONE;
  private LeaseRecord wish = LeaseRecord.NONE;
  private Log log = new Log(List.of());
  private long lives;

  /** The area as one holder has written it; what comes to an earlier one is seen by nobody. */
  static final class Log {
    private final List<DurableRecord> records = new ArrayList<>();
    private final SharedArea area = new SharedArea();

    Log(List<DurableRecord> first) {
      first.forEach(this::add);
    }

    void add(DurableRecord record) {
      records.add(record);
      area.apply(record);
    }

    /** A copy, which is not changed any more. */
    List<DurableRecord> records() {
      return List.copyOf(records);
    }
  }

  /** Whether no earlier life of that process has ever opened it. */
  boolean meets(NodeId process) {
    return known.add(process);
  }

  /** A number that no other life has. */
  long newLife() {
    lives++;
    return lives;
  }

  LeaseRecord lease() {
    return lease;
  }

  void lease(LeaseRecord record) {
    lease = record;
  }

  LeaseRecord wish() {
    return wish;
  }

  void wish(LeaseRecord record) {
    wish = record;
  }

  Log log() {
    return log;
  }

  /** That one takes the place of what was there. */
  void log(Log begun) {
    log = begun;
  }

  View view(Optional<InstanceId> votesFrom) {
    return log.area.view(votesFrom);
  }
}

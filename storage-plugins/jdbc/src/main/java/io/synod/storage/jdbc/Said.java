package io.synod.storage.jdbc;

import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.passive.Area;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What records come to.
 *
 * @param view all that has an order, votes and configurations included
 * @param oneC the last 1c stored, without its window
 * @param anew whether they take the place of what their process said before
 */
record Said(
    View view, Optional<OneC> oneC, Map<NodeId, Incarnation> met, boolean anew, boolean nothing) {

  /** Records that are made in a ballot, and are refused with it. */
  static Said spoken(List<DurableRecord> records) {
    return of(records.stream().filter(record -> !isFact(record)).toList());
  }

  /** Records that are true whoever leads. */
  static Said facts(List<DurableRecord> records) {
    return of(records.stream().filter(Said::isFact).toList());
  }

  private static boolean isFact(DurableRecord record) {
    return record instanceof DurableRecord.Met || record instanceof DurableRecord.Activated
        || record instanceof DurableRecord.DecidedUpTo;
  }

  private static Said of(List<DurableRecord> records) {
    Area area = new Area();
    Optional<OneC> oneC = Optional.empty();
    Map<NodeId, Incarnation> met = new TreeMap<>();
    boolean anew = false;
    for (DurableRecord record : records) {
      area.apply(record);
      if (record instanceof DurableRecord.StoredOneC stored) {
        oneC = Optional.of(withoutWindow(stored.oneC()));
      } else if (record instanceof DurableRecord.Met first) {
        met.putIfAbsent(first.node(), first.incarnation());
      } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
        oneC = checkpoint.oneC();
        checkpoint.met().forEach(met::putIfAbsent);
        anew = true;
      }
    }
    return new Said(
        area.view(Optional.of(InstanceId.FIRST)), oneC, met, anew, records.isEmpty());
  }

  private static OneC withoutWindow(OneC stored) {
    return new OneC(
        stored.ballot(), stored.era(), stored.configuration(), stored.low(), List.of());
  }
}

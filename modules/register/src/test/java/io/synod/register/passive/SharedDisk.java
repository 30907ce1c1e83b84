package io.synod.register.passive;

import io.synod.api.model.NodeId;
import io.synod.api.passive.Area;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A disk in memory, with an area for each process. */
final class SharedDisk {
  private final Map<NodeId, List<DurableRecord>> areas = new TreeMap<>();
  private int writes;

  void write(NodeId process, Step step) {
    if (!step.records().isEmpty()) {
      writes++;
      areas.computeIfAbsent(process, id -> new ArrayList<>()).addAll(step.records());
    }
  }

  View read(NodeId process, Step step) {
    List<Area> others = new ArrayList<>();
    areas.forEach((owner, records) -> {
      if (!owner.equals(process)) {
        Area area = new Area();
        records.forEach(area::apply);
        others.add(area);
      }
    });
    return Area.view(others, step.votesFrom());
  }

  List<DurableRecord> own(NodeId process) {
    return List.copyOf(areas.getOrDefault(process, List.of()));
  }

  int writes() {
    return writes;
  }
}

package io.synod.register.set;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The values written in one ballot that somebody may still have to be sent: consecutive
 * instances from a base on, bounded in bytes.
 */
final class WriteWindow {
  private static final int COMPACT_AT = 1024;

  private final ArrayList<Value> ring = new ArrayList<>();
  private long base;
  private int head;
  private long bytes;

  WriteWindow(InstanceId first) {
    base = first.number();
  }

  InstanceId base() {
    return InstanceId.of(base);
  }

  InstanceId next() {
    return InstanceId.of(base + size());
  }

  private int size() {
    return ring.size() - head;
  }

  void add(Value value) {
    ring.add(value);
    bytes += value.size();
  }

  List<Value> run(InstanceId from, int maxCount, long maxBytes) {
    List<Value> run = new ArrayList<>();
    long taken = 0;
    int at = head + (int) (from.number() - base);
    while (at < ring.size() && run.size() < maxCount && taken < maxBytes) {
      Value value = ring.get(at++);
      taken += value.size();
      run.add(value);
    }
    return run;
  }

  long bytes() {
    return bytes;
  }

  void dropBelow(InstanceId instance) {
    while (base < instance.number() && size() > 0) {
      bytes -= ring.set(head, null).size();
      head++;
      base++;
    }
    if (head > COMPACT_AT && head > ring.size() / 2) {
      ring.subList(0, head).clear();
      head = 0;
    }
  }
}

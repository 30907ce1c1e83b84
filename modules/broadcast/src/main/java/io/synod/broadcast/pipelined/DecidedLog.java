package io.synod.broadcast.pipelined;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The decided values from some instance on, without gaps. What a snapshot holds may be dropped
 * once it exceeds the bytes to be retained.
 */
final class DecidedLog {
  private static final int COMPACT_AT = 4096;

  private final long retainBytes;
  private final ArrayList<Value> values = new ArrayList<>();
  private int head;
  private long first = 1;
  private long snapshot;
  private long bytes;

  DecidedLog(long retainBytes) {
    this.retainBytes = retainBytes;
  }

  InstanceId retained() {
    return InstanceId.of(first);
  }

  InstanceId decided() {
    return InstanceId.of(first + values.size() - head - 1);
  }

  void append(InstanceId instance, Value value) {
    Invariant.check(
        instance.minus(decided()) == 1, "decision of %s after %s", instance, decided());
    values.add(value);
    bytes += value.size();
    trim();
  }

  Value get(InstanceId instance) {
    return values.get(head + (int) (instance.number() - first));
  }

  /** Decisions from {@code from} on: at least one, then as long as they fit. */
  List<Value> from(InstanceId from, int maxBytes) {
    List<Value> found = new ArrayList<>();
    long size = 0;
    for (int at = head + (int) (from.number() - first); at < values.size(); at++) {
      Value value = values.get(at);
      size += value.size();
      if (size > maxBytes && !found.isEmpty()) {
        break;
      }
      found.add(value);
    }
    return found;
  }

  /** Everything up to {@code last} is in a snapshot. */
  void snapshotAt(InstanceId last) {
    snapshot = Math.max(snapshot, last.number());
    trim();
  }

  /** A snapshot replaces everything up to {@code last}; what is known after it stays. */
  void install(InstanceId last) {
    snapshot = Math.max(snapshot, last.number());
    if (last.before(decided())) {
      dropUpTo(last.number());
    } else {
      values.clear();
      head = 0;
      bytes = 0;
      first = last.number() + 1;
    }
  }

  private void trim() {
    while (first <= snapshot && bytes > retainBytes && head < values.size()) {
      dropUpTo(first);
    }
  }

  private void dropUpTo(long last) {
    while (first <= last) {
      bytes -= values.set(head, null).size();
      head++;
      first++;
    }
    if (head > COMPACT_AT && head > values.size() / 2) {
      values.subList(0, head).clear();
      head = 0;
    }
  }
}

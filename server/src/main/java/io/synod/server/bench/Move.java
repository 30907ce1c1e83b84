package io.synod.server.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One change from old members to new ones under load: a stretch before it, one in which it was
 * asked for at once, one after it.
 *
 * @param activeNanos from asking until the outcome, active, was known
 */
record Move(
    String from, String to, ClosedLoop.Stretch before, ClosedLoop.Stretch during,
    ClosedLoop.Stretch after, long activeNanos) {
  private static final double NANOS_PER_MILLI = 1e6;

  double gapRatio() {
    return (double) during.longestGapNanos() / before.longestGapNanos();
  }

  /** By how much of a hundred the throughput is lower with the change; negative if higher. */
  double dipPercent() {
    return (1 - during.throughput() / before.throughput()) * 100;
  }

  double activeMillis() {
    return activeNanos / NANOS_PER_MILLI;
  }

  static double gapMillis(ClosedLoop.Stretch stretch) {
    return stretch.longestGapNanos() / NANOS_PER_MILLI;
  }

  long failed() {
    return before.failed() + during.failed() + after.failed();
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", from);
    fields.put("to", to);
    fields.put("gapBeforeMillis", hundredths(gapMillis(before)));
    fields.put("gapDuringMillis", hundredths(gapMillis(during)));
    fields.put("gapAfterMillis", hundredths(gapMillis(after)));
    fields.put("gapRatio", hundredths(gapRatio()));
    fields.put("throughputBefore", Math.round(before.throughput()));
    fields.put("throughputDuring", Math.round(during.throughput()));
    fields.put("throughputAfter", Math.round(after.throughput()));
    fields.put("dipPercent", hundredths(dipPercent()));
    fields.put("activeMillis", hundredths(activeMillis()));
    fields.put("failed", failed());
    return fields;
  }

  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}

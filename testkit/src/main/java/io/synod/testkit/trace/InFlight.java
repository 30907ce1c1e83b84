package io.synod.testkit.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pairs arrivals with sendings by link and content: of equal ones the oldest arrives first, and
 * one arrival more than there were sendings is a copy of the last that arrived.
 */
final class InFlight {
  private final Map<String, Deque<Long>> sendings = new TreeMap<>();
  private long sent;

  long sent(String from, String to, TraceEvent.Content content) {
    sent++;
    if (!from.equals(to)) {
      sendings.computeIfAbsent(key(from, to, content), k -> new ArrayDeque<>()).add(sent);
    }
    return sent;
  }

  /** The number of the sending; 0 if nothing of the kind was sent. */
  long arrived(String from, String to, TraceEvent.Content content) {
    Deque<Long> equal = sendings.get(key(from, to, content));
    if (equal == null) {
      return 0;
    }
    return equal.size() > 1 ? equal.poll() : equal.peek();
  }

  private static String key(String from, String to, TraceEvent.Content content) {
    return from + ">" + to + " " + content.type() + " " + content.text();
  }
}

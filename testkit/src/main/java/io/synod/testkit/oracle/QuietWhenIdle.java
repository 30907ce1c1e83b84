package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer is not answered for ever: once nothing is wrong, nobody wants anything and nothing that
 * was asked twice is left to be decided, a link carries signs of life and reports at the paces of
 * their timers, and no more than that.
 */
public final class QuietWhenIdle extends Oracle {
  /** In the two seconds of a run's end; the timers together make less than a hundred. */
  static final int MOST = 400;

  private final Map<NodeId, Map<NodeId, Integer>> sent = new TreeMap<>();
  private boolean idle;

  /** Reports to {@code findings}. */
  QuietWhenIdle(Findings findings) {
    super(findings);
  }

  @Override
  public void idle() {
    idle = true;
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    sent.clear();
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (!idle || from.node().equals(to)) {
      return;
    }
    int now = sent.computeIfAbsent(from.node(), node -> new TreeMap<>())
        .merge(to, 1, Integer::sum);
    if (now == MOST + 1) {
      violated(
          "nothing is wrong, and no client wants anything",
          from + " has sent " + now + " messages to " + to + " since, the last one " + message);
    }
  }
}

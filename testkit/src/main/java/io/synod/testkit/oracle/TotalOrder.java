package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * Strong total order: each life of a process delivers consecutive instances, starting right after
 * the snapshot that it restored or installed, or at the first instance.
 */
public final class TotalOrder extends Oracle {
  private final Map<NodeId, Position> last = new TreeMap<>();

  /** Reports to {@code findings}. */
  public TotalOrder(Findings findings) {
    super(findings);
  }

  @Override
  public void started(Life life) {
    last.put(life.node(), new Position());
  }

  @Override
  public void restored(Life life, InstanceId upTo) {
    Position position = last.get(life.node());
    position.reached = upTo.number();
    position.how = "restored the snapshot as of ";
  }

  @Override
  public void installed(Life life, InstanceId upTo) {
    Position position = last.get(life.node());
    if (upTo.number() < position.delivered) {
      violated(
          life + " delivered instance " + position.delivered,
          "it then installed a snapshot as of " + upTo);
    }
    position.reached = upTo.number();
    position.delivered = upTo.number();
    position.how = "installed the snapshot as of ";
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    Position position = last.get(life.node());
    if (instance.number() != position.reached + 1) {
      violated(life + " " + position.how + position.reached, "then delivered " + instance);
    }
    position.reached = instance.number();
    position.delivered = instance.number();
    position.how = "delivered ";
  }

  private static final class Position {
    private long reached;
    private long delivered;
    private String how = "started empty, at ";
  }
}

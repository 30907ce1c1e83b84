package io.synod.testkit.oracle;

import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A leader stays as long as nothing is wrong: once all faults are off, late copies included (or
 * in a run without any), and all live nodes name the same one, none of them changes its mind. A
 * member that only now enters an era may have to hear first whom the others of that era trust.
 */
public final class StableWhileHealthy extends Oracle {
  private final LeaderLedger leaders;
  private final Map<NodeId, Era> eras = new TreeMap<>();
  private Era latest = Era.ZERO;
  private Optional<NodeId> agreed = Optional.empty();
  private boolean calm;

  /** Reports to {@code findings}; must see an event after {@code leaders} do. */
  StableWhileHealthy(Findings findings, LeaderLedger leaders) {
    super(findings);
    this.leaders = leaders;
  }

  @Override
  public void calm() {
    calm = true;
    agreed = leaders.agreed();
  }

  @Override
  public void started(Life life) {
    agreed = Optional.empty();
  }

  @Override
  public void stopped(Life life) {
    agreed = Optional.empty();
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    if (record instanceof DurableRecord.Activated activated) {
      eras.put(life.node(), activated.era());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      eras.put(life.node(), checkpoint.eras().active());
    }
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    if (record instanceof DurableRecord.Activated activated) {
      eras.put(life.node(), activated.era());
      latest = Era.max(latest, activated.era());
      agreed = Optional.empty(); // other members may agree on another leader
    }
  }

  private boolean isLate(NodeId node) {
    return eras.getOrDefault(node, Era.ZERO).compareTo(latest) < 0;
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (!calm || !(event instanceof LayerEvent.LeaderChanged changed)
        || !leaders.isMember(life.node())) {
      return;
    }
    if (isLate(life.node())) {
      agreed = Optional.empty();
    } else if (agreed.isEmpty()) {
      agreed = leaders.agreed();
    } else if (!agreed.equals(changed.leader())) {
      violated(
          "without any fault all nodes had agreed on " + agreed.get(),
          life + " then named " + changed.leader().map(NodeId::name).orElse("nobody"));
    }
  }
}

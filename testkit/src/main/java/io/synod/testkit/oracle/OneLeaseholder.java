package io.synod.testkit.oracle;

import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Leadership by lease (Lampson): no two nodes hold the lease at once, while clocks keep their bound
 * and members stay. A holder says so in its requests: if another says so between two words of one
 * that never stopped in between, both held it.
 */
public final class OneLeaseholder extends Oracle {
  /** Those who hold it without a break, with the others that have said so meanwhile. */
  private final Map<NodeId, Set<NodeId>> holders = new TreeMap<>();
  private boolean judges = true;

  /** Reports to {@code findings}. */
  OneLeaseholder(Findings findings) {
    super(findings);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (judges && message instanceof LeaseAsked asked && asked.held()) {
      claims(from);
    }
  }

  private void claims(Life life) {
    Set<NodeId> meanwhile = holders.computeIfAbsent(life.node(), id -> new TreeSet<>());
    if (!meanwhile.isEmpty()) {
      violated(
          life + " has held the lease without a break, and says so again",
          meanwhile + " held it meanwhile");
      meanwhile.clear();
    }
    holders.forEach((holder, others) -> {
      if (!holder.equals(life.node())) {
        others.add(life.node());
      }
    });
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.LeaderChanged changed) {
      holders.remove(life.node());
      if (judges && changed.leader().equals(Optional.of(life.node()))) {
        holders.put(life.node(), new TreeSet<>());
      }
    }
  }

  @Override
  public void stopped(Life life) {
    holders.remove(life.node());
  }

  /** From here on majorities of different members may grant it. */
  @Override
  public void persisted(Life life, DurableRecord record) {
    if (record instanceof DurableRecord.Activated) {
      ends();
    }
  }

  @Override
  public void clocksBreakBound() {
    ends();
  }

  private void ends() {
    judges = false;
    holders.clear();
  }
}

package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.message.ReplicationMessage.Forward;
import io.synod.api.message.ReplicationMessage.Refused;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings log entries to the leader: into the own broadcast when this node leads, else in one
 * message per turn to whom the election names.
 */
final class Forwarder {
  private static final int MESSAGE_BYTES = 1 << 20;

  private final LayerContext context;
  private final TotalOrderBroadcast broadcast;
  private final List<byte[]> outgoing = new ArrayList<>();
  private Optional<NodeId> leader = Optional.empty();
  private int outgoingBytes;

  Forwarder(LayerContext context, TotalOrderBroadcast broadcast) {
    this.context = context;
    this.broadcast = broadcast;
  }

  void leader(Optional<NodeId> now) {
    flush();
    leader = now;
  }

  Optional<NodeId> leader() {
    return leader;
  }

  /** Whether somebody may take entries now. */
  boolean open() {
    return broadcast.leading() || leader.isPresent() && !leader.get().equals(context.self());
  }

  /** Takes an entry for the leader; false if there is none or it has too much already. */
  boolean offer(byte[] entry) {
    if (broadcast.leading()) {
      return broadcast.broadcast(entry) == Admission.TAKEN;
    }
    if (!open()) {
      return false;
    }
    outgoing.add(entry);
    outgoingBytes += entry.length;
    if (outgoingBytes >= MESSAGE_BYTES) {
      flush();
    }
    return true;
  }

  void flush() {
    if (!outgoing.isEmpty()) {
      leader.ifPresent(to -> context.effects().sendNow(to, new Forward(outgoing)));
      outgoing.clear();
      outgoingBytes = 0;
    }
  }

  /** Another node's entries: all, or as many as are taken. */
  void onForward(NodeId from, Forward forward) {
    for (byte[] entry : forward.entries()) {
      Admission admission = broadcast.broadcast(entry);
      if (admission != Admission.TAKEN) {
        boolean overloaded = admission == Admission.OVERLOADED;
        context.effects().sendNow(from, new Refused(leader, overloaded));
        return;
      }
    }
  }
}

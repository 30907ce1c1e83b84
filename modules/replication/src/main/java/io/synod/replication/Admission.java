package io.synod.replication;

import io.synod.api.message.AdmissionMessage;
import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Invariant;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.link.Retransmission;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether this node's store is the first under its id. An acceptor that lost its memory must be
 * silent: its old promises would be answered by a newcomer. A fresh store therefore introduces
 * itself; each peer records durably whom it met first under an id. The acceptor may speak once
 * those who do not know another store block every write quorum: no old vote of this id can
 * have counted without one of them having met the old store. Where peers forget whom they met when
 * they crash, all of them must say so: any one that never crashes tells the first store then.
 */
final class Admission {
  private static final long RESEND_NANOS = Duration.ofMillis(100).toNanos();
  private static final long RESEND_MOST_NANOS = Duration.ofSeconds(1).toNanos();

  private final LayerContext context;
  private final QuorumSystem founders;
  private final boolean remembered;
  private final Listener listener;
  private final Retransmission resend;
  private final Map<NodeId, Incarnation> met = new TreeMap<>();
  private final Set<NodeId> answered = new LinkedHashSet<>();
  private final Set<NodeId> confirmed = new LinkedHashSet<>();
  private boolean admitted;
  private boolean refused;
  private boolean replaced;

  /** What comes of it. */
  interface Listener {
    /** The acceptor may speak; this is on disk. */
    void admitted();

    /** A peer knows another store under this id. */
    void refused(NodeId peer, Incarnation known);

    /**
     * Where peers forget: so many know an earlier store or this one that no later store of this
     * id will be taken for the first, either.
     */
    void replaced();
  }

  /** With {@code remembered}, peers know after a crash whom they had met. */
  Admission(
      LayerContext context, QuorumSystem founders, boolean remembered, Listener listener) {
    this.context = context;
    this.founders = founders;
    this.remembered = remembered;
    this.listener = listener;
    this.resend = new Retransmission(
        context.timers(), context.clock(), RESEND_NANOS, RESEND_MOST_NANOS, this::introduce);
  }

  void recover(DurableRecord record) {
    if (record instanceof Met m) {
      met.put(m.node(), m.incarnation());
    } else if (record instanceof DurableRecord.Admitted) {
      admitted = true;
    } else if (record instanceof DurableRecord.Checkpoint c) {
      met.putAll(c.met());
      admitted |= c.admitted();
    }
  }

  boolean isAdmitted() {
    return admitted;
  }

  Map<NodeId, Incarnation> met() {
    return met;
  }

  /** Begins to ask, unless this was settled in an earlier life of the same store. */
  void start() {
    if (admitted) {
      listener.admitted();
    } else if (matters(context.self())) {
      introduce();
      settle();
    }
  }

  /** A leader that forgets might use a ballot twice, though it has no vote. */
  private boolean matters(NodeId id) {
    return founders.acceptors().contains(id) || context.founders().mayLead(id);
  }

  private void introduce() {
    for (NodeId peer : founders.acceptors()) {
      if (!peer.equals(context.self()) && !answered.contains(peer)) {
        context.effects().sendNow(peer, new Introduce(context.incarnation()));
        resend.begin();
      }
    }
  }

  void onMessage(NodeId from, AdmissionMessage message) {
    if (message instanceof Introduce introduce) {
      onIntroduce(from, introduce);
    } else if (message instanceof Acknowledge acknowledge) {
      onAcknowledge(from, acknowledge);
    } else if (message instanceof StoreLost gone) {
      onStoreLost(from, gone);
    } else {
      throw Invariant.broken("message %s of %s is of no known kind", message, from);
    }
  }

  private void onIntroduce(NodeId from, Introduce introduce) {
    if (!matters(from)) {
      return;
    }
    Incarnation known = met.putIfAbsent(from, introduce.incarnation());
    if (known == null) {
      known = introduce.incarnation();
      context.effects().persist(new Met(from, known));
    }
    context.effects().send(from, new Acknowledge(introduce.incarnation(), known));
  }

  private void onAcknowledge(NodeId from, Acknowledge acknowledge) {
    boolean mine = acknowledge.asked().equals(context.incarnation());
    boolean over = admitted || replaced || refused && remembered;
    if (over || !mine || !founders.acceptors().contains(from)) {
      return;
    }
    resend.answered();
    answered.add(from);
    if (!acknowledge.known().equals(context.incarnation())) {
      refuse(from, acknowledge.known());
    } else if (!refused) {
      confirmed.add(from);
      settle();
    }
    replaceIfKnown();
  }

  private void refuse(NodeId peer, Incarnation known) {
    if (!refused) {
      refused = true;
      listener.refused(peer, known);
    }
    if (remembered) {
      resend.end();
    }
  }

  /** One of a write quorum, besides this node, never crashes. */
  private void replaceIfKnown() {
    Set<NodeId> know = new TreeSet<>(answered);
    know.add(context.self());
    if (refused && !remembered && founders.isWriteQuorum(know)) {
      replaced = true;
      resend.end();
      listener.replaced();
    }
  }

  /** Whatever store answers under that id from now on is not the first. */
  private void onStoreLost(NodeId from, StoreLost gone) {
    if (gone.lost().equals(Incarnation.FOUNDING)) {
      met.putIfAbsent(from, Incarnation.FOUNDING);
    }
  }

  private void settle() {
    Set<NodeId> others = new TreeSet<>(founders.acceptors());
    others.removeAll(confirmed);
    others.add(context.self());
    boolean all = others.size() == 1;
    if (!admitted && (all || remembered && !founders.isWriteQuorum(others))) {
      admitted = true;
      resend.end();
      context.effects().persist(new DurableRecord.Admitted());
      context.effects().whenDurable(listener::admitted);
    }
  }
}

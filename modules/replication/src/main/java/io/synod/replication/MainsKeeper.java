package io.synod.replication;

import io.synod.api.effect.Timers;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Changes to a configuration in which an acceptor that is silent is a learner; it is an acceptor
 * again once it has caught up. In Cheap Paxos that releases the auxiliaries, which help out
 * meanwhile. Where a master keeps configurations and every acceptor has to write, it is how service
 * goes on. Loop thread only.
 */
final class MainsKeeper {
  /** The quorum systems that ask for this. */
  private static final String CHEAP = "cheap";
  private static final String ALL = "all";
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  /** A learner that lacks no more than this has caught up. */
  private static final long NEAR = 64;

  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private final Reconfiguration reconfiguration;
  private final long cheapSilence;
  private final long masterSilence;
  private Timers.Timer timer;
  private long leadingSince;

  MainsKeeper(
      LayerContext context, Layers layers, EraKeeper eras, Reconfiguration reconfiguration) {
    this.context = context;
    this.layers = layers;
    this.eras = eras;
    this.reconfiguration = reconfiguration;
    this.cheapSilence = context.settings().nanos(ReplicationSettings.CHEAP_SILENCE);
    this.masterSilence = context.settings().nanos(ReplicationSettings.MASTER_SILENCE);
  }

  /** The leader or the era in force may have changed: begins to look, if that is asked for. */
  void look() {
    if (timer == null && wanted()) {
      leadingSince = context.clock().nanos();
      timer = context.timers().after(LOOK_NANOS, this::tick);
    }
  }

  private boolean wanted() {
    return silence() > 0
        && layers.election().leader().filter(context.self()::equals).isPresent();
  }

  /** How long somebody may be silent; 0 if this is not asked for. */
  private long silence() {
    String quorum = inForce().quorum();
    boolean all = quorum.equals(ALL) && !layers.authority().inLog();
    return quorum.equals(CHEAP) ? cheapSilence : all ? masterSilence : 0;
  }

  /** A master may make the next era though the last one never came into force. */
  private Era era() {
    return layers.authority().inLog() ? layers.authority().active() : layers.authority().inForce();
  }

  private Configuration inForce() {
    return layers.authority().configuration(era());
  }

  private void tick() {
    timer = null;
    if (!wanted()) {
      return;
    }
    Era era = era();
    boolean settled = layers.broadcast().leading() && era.equals(layers.authority().made())
        && context.clock().nanos() - leadingSince >= silence();
    if (settled) {
      change(era, inForce());
    }
    timer = context.timers().after(LOOK_NANOS, this::tick);
  }

  private void change(Era era, Configuration before) {
    TreeSet<NodeId> changed = new TreeSet<>();
    List<Member> members = new ArrayList<>();
    for (Member member : before.members()) {
      Role role = roleNow(member);
      if (role != member.role()) {
        changed.add(member.id());
      }
      members.add(new Member(member.id(), member.incarnation(), member.acceptor(), role));
    }
    if (!changed.isEmpty() && reconfiguration.free()) {
      context.events().note("acceptors that fell silent or came back: " + changed);
      reconfiguration.change(era, before.members(members), this::heard);
    }
  }

  private Role roleNow(Member member) {
    boolean self = member.id().equals(context.self());
    boolean heard = self || eras.hears(member.id(), silence());
    if (member.role() == Role.ACCEPTOR && !heard) {
      return Role.LEARNER;
    }
    boolean near = layers.broadcast().decided().minus(eras.decided(member.id())) <= NEAR;
    return member.role() == Role.LEARNER && heard && near ? Role.ACCEPTOR : member.role();
  }

  private void heard(ChangeOutcome outcome) {
    leadingSince = context.clock().nanos(); // whatever it is: not again at once
  }
}

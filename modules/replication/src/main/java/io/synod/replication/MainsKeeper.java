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
 * Cheap Paxos: while auxiliaries help out, a leader changes to a configuration without the main
 * that is silent, which releases them; the main stays a learner, and is a main again once it has
 * caught up. Loop thread only.
 */
final class MainsKeeper {
  /** The quorum system that asks for this. */
  private static final String CHEAP = "cheap";
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  /** A learner that lacks no more than this has caught up. */
  private static final long NEAR = 64;

  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private final Reconfiguration reconfiguration;
  private final long silence;
  private Timers.Timer timer;
  private long leadingSince;

  MainsKeeper(
      LayerContext context, Layers layers, EraKeeper eras, Reconfiguration reconfiguration) {
    this.context = context;
    this.layers = layers;
    this.eras = eras;
    this.reconfiguration = reconfiguration;
    this.silence = context.settings().nanos(ReplicationSettings.CHEAP_SILENCE);
  }

  /** The leader or the era in force may have changed: begins to look, if that is asked for. */
  void look() {
    if (timer == null && wanted()) {
      leadingSince = context.clock().nanos();
      timer = context.timers().after(LOOK_NANOS, this::tick);
    }
  }

  private boolean wanted() {
    return silence > 0 && inForce().quorum().equals(CHEAP)
        && layers.election().leader().filter(context.self()::equals).isPresent();
  }

  private Configuration inForce() {
    return layers.authority().configuration(layers.authority().active());
  }

  private void tick() {
    timer = null;
    if (!wanted()) {
      return;
    }
    Era active = layers.authority().active();
    boolean settled = layers.broadcast().leading() && active.equals(layers.authority().made())
        && context.clock().nanos() - leadingSince >= silence;
    if (settled && reconfiguration.doing().isEmpty()) {
      change(active, inForce());
    }
    timer = context.timers().after(LOOK_NANOS, this::tick);
  }

  private void change(Era active, Configuration before) {
    TreeSet<NodeId> changed = new TreeSet<>();
    List<Member> members = new ArrayList<>();
    for (Member member : before.members()) {
      Role role = roleNow(member);
      if (role != member.role()) {
        changed.add(member.id());
      }
      members.add(new Member(member.id(), member.incarnation(), member.acceptor(), role));
    }
    if (!changed.isEmpty()) {
      context.events().note("mains that fell silent or came back: " + changed);
      reconfiguration.change(active, before.members(members), this::heard);
    }
  }

  private Role roleNow(Member member) {
    boolean self = member.id().equals(context.self());
    boolean heard = self || eras.hears(member.id(), silence);
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

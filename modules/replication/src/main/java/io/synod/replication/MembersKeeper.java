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
 * Changes of members that a leader makes of its own accord, as the quorum system in force asks for
 * it. Loop thread only.
 *
 * <p>Cheap Paxos: while auxiliaries help out, the main that is silent becomes a learner, which
 * releases them; it is a main again once it has caught up. Where a master keeps configurations and
 * every acceptor has to write, that is how service goes on. Winter: a member that has lost its
 * memory is named by its new store once it has caught up, and counts as one that never crashed.
 */
final class MembersKeeper {
  private static final String CHEAP = "cheap";
  private static final String ALL = "all";
  private static final String WINTER = "winter";
  /** Between changes, where nobody says for how long a member has to be silent. */
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();
  /** A learner that lacks no more than this has caught up. */
  private static final long NEAR = 64;

  private final LayerContext context;
  private final Layers layers;
  private final EraKeeper eras;
  private final Reconfiguration reconfiguration;
  private final long cheapSilence;
  private final long masterSilence;
  private final boolean readmits;
  private Timers.Timer timer;
  private long leadingSince;

  MembersKeeper(
      LayerContext context, Layers layers, EraKeeper eras, Reconfiguration reconfiguration) {
    this.context = context;
    this.layers = layers;
    this.eras = eras;
    this.reconfiguration = reconfiguration;
    this.cheapSilence = context.settings().nanos(ReplicationSettings.CHEAP_SILENCE);
    this.masterSilence = context.settings().nanos(ReplicationSettings.MASTER_SILENCE);
    this.readmits = context.settings().get(ReplicationSettings.WINTER_READMIT);
  }

  /** The leader or the era in force may have changed: begins to look, if that is asked for. */
  void look() {
    if (timer == null && wanted()) {
      leadingSince = context.clock().nanos();
      timer = context.timers().after(LOOK_NANOS, this::tick);
    }
  }

  private boolean wanted() {
    return (silence() > 0 || readmits && winter(inForce()))
        && layers.election().leader().filter(context.self()::equals).isPresent();
  }

  /** How long somebody may be silent; 0 if nobody becomes a learner for that. */
  private long silence() {
    String quorum = inForce().quorum();
    boolean all = quorum.equals(ALL) && !layers.authority().inLog();
    return quorum.equals(CHEAP) ? cheapSilence : all ? masterSilence : 0;
  }

  /** With parameters or without. */
  private static boolean winter(Configuration configuration) {
    return configuration.quorum().startsWith(WINTER);
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
    long pause = silence() > 0 ? silence() : PAUSE_NANOS;
    boolean settled = layers.broadcast().leading() && era.equals(layers.authority().made())
        && context.clock().nanos() - leadingSince >= pause;
    if (settled && reconfiguration.free()) {
      change(era, inForce());
    }
    timer = context.timers().after(LOOK_NANOS, this::tick);
  }

  private void change(Era era, Configuration before) {
    TreeSet<NodeId> changed = new TreeSet<>();
    List<Member> members = new ArrayList<>();
    for (Member member : before.members()) {
      Role role = silence() > 0 ? roleNow(member) : member.role();
      if (role != member.role() || winter(before) && recovered(member)) {
        changed.add(member.id());
      }
      members.add(new Member(member.id(), member.incarnation(), member.acceptor(), role));
    }
    if (!changed.isEmpty()) {
      context.events().note("members that fell silent or came back: " + changed);
      reconfiguration.change(era, before.members(members), this::heard);
    }
  }

  private Role roleNow(Member member) {
    boolean self = member.id().equals(context.self());
    boolean heard = self || eras.hears(member.id(), silence());
    if (member.role() == Role.ACCEPTOR && !heard) {
      return Role.LEARNER;
    }
    return member.role() == Role.LEARNER && heard && near(member)
        ? Role.ACCEPTOR : member.role();
  }

  private boolean near(Member member) {
    return layers.broadcast().decided().minus(eras.decided(member.id())) <= NEAR;
  }

  /** Its vote is gone, and it would be a vote again. */
  private boolean recovered(Member member) {
    return member.role().votes() && eras.replaced(member)
        && eras.hears(member.id(), PAUSE_NANOS) && near(member);
  }

  private void heard(ChangeOutcome outcome) {
    leadingSince = context.clock().nanos(); // whatever it is: not again at once
  }
}

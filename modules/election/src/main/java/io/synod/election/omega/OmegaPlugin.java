package io.synod.election.omega;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code omega}: trust the process with the lowest (epoch, id) among those heard from, and take it
 * for the leader once a majority does (Deconstructing Paxos, figures 17 and 28).
 *
 * <p>Departures from the figures, and why:
 * <ul>
 * <li><b>Time-outs come back.</b> The figure lengthens a time-out each time it proved wrong, for
 *     ever. Here it stops at a cap, is lengthened only where that would have helped (the silence
 *     was shorter than the cap), and goes back a step after long health, so that one bad minute
 *     does not make every later failover slow. The price: the bound on message delays that the
 *     figure learns must lie below the cap, and may be learnt again after each calm.
 * <li><b>A leader in place is kept.</b> A process that comes back (it restarted late, or was cut
 *     off) with a lower (epoch, id) than the confirmed leader would depose it for nothing. Those
 *     who see it come back raise its epoch just above the leader's and pass that on; a leader that
 *     lost its ballot raises its own. This follows the accusation counters of Aguilera et al.:
 *     what counts against a process is any failure to lead, not only a crash.
 * <li><b>Epochs grow in memory too</b>, hence a process may come back with fewer starts than its
 *     peers remember; it adopts the maximum that it hears of itself.
 * <li><b>Candidates say so.</b> A process leaves itself out of the epochs that it sends while it
 *     must not lead: it is not eligible, its role has no vote and state machine, or it hears no
 *     majority. It still reports whom it trusts, and that report counts. So a leader that sends
 *     but hears nobody stands down instead of being trusted for ever.
 * <li><b>Nobody waits in vain.</b> A process that trusts itself but is not confirmed for two
 *     time-outs, though it hears a majority, is not heard by one: it raises its epoch, so that
 *     another candidate gets its turn. This finds a leader on networks cut in one direction.
 * <li><b>A slow start elects nobody.</b> The figure first trusts everybody. Here nobody is trusted
 *     before a majority was heard or a first time-out has passed.
 * <li><b>A stall accuses nobody.</b> Silence is counted in the node's own ticks, each for at most
 *     one heartbeat; a node that stood still does not blame the others for it. The reports that it
 *     holds do age meanwhile, so it does not take itself for the leader when it wakes up.
 * </ul>
 */
public final class OmegaPlugin implements Plugins.Election {
  /** Period of signs of life. */
  public static final Setting<Duration> HEARTBEAT = Setting.duration("synod.election.heartbeat",
      Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofSeconds(10),
      "how often a node tells the others that it is alive");

  /** First time-out. */
  public static final Setting<Duration> TIMEOUT = Setting.duration("synod.election.timeout",
      Duration.ofMillis(300), Duration.ofMillis(3), Duration.ofMinutes(1),
      "silence after which a node is no longer trusted; lengthened each time that was wrong");

  /** Longest time-out. */
  public static final Setting<Duration> CAP = Setting.duration("synod.election.cap",
      Duration.ofSeconds(2), Duration.ofMillis(3), Duration.ofMinutes(10),
      "no time-out is lengthened beyond this");

  /** Health after which a time-out is shortened. */
  public static final Setting<Duration> CALM = Setting.duration("synod.election.calm",
      Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofDays(1),
      "unbroken trust after which a lengthened time-out goes back by one step");

  /** Who must agree on a leader. */
  public static final Setting<String> CONFIRM = Setting.choice("synod.election.confirm",
      Tuning.MAJORITY, List.of(Tuning.MAJORITY, Tuning.SELF),
      "whether a leader counts once a majority trusts it, or as soon as this node does");

  @Override
  public String name() {
    return "omega";
  }

  @Override
  public String meaning() {
    return "lowest (epoch, id) among the nodes that show signs of life, trusted by a majority";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(HEARTBEAT, TIMEOUT, CAP, CALM, CONFIRM);
  }

  @Override
  public List<String> contradictions(Settings settings) {
    return boundedContradictions(settings);
  }

  /** Of time-outs that are lengthened up to a cap. */
  static List<String> boundedContradictions(Settings settings) {
    List<String> found = new ArrayList<>(Tuning.contradictions(settings, TIMEOUT));
    if (settings.get(CAP).compareTo(settings.get(TIMEOUT)) < 0) {
      found.add(Tuning.text(settings, CAP) + " is less than " + Tuning.text(settings, TIMEOUT));
    }
    return List.copyOf(found);
  }

  @Override
  public WeakLeaderElection create(LayerContext context) {
    Settings settings = context.settings();
    boolean byMajority = settings.get(CONFIRM).equals(Tuning.MAJORITY);
    Rules rules = byMajority ? Rules.OMEGA : Rules.UNCONFIRMED;
    return new OmegaElection(context, Tuning.bounded(settings, rules));
  }
}

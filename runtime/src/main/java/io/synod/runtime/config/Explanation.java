package io.synod.runtime.config;

import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Slot;
import io.synod.link.Learning;
import io.synod.quorum.Resilience;
import io.synod.quorum.WinterPlugin;
import io.synod.reconfig.master.MasterSettings;
import io.synod.register.lease.LeaseSettings;
import io.synod.replication.ReplicationSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from a composition, in the stable mode: one leader, no failures. Works on the
 * built-in options; of an option of somebody else it says only what the interfaces tell.
 *
 * @param mode that of the founders; a change of mode replaces it
 * @param tolerates any so many acceptors may fail
 * @param smallestLoss a smallest set of acceptors whose loss stops progress
 * @param messageDelays from a command at the leader until the leader has decided it
 * @param learnDelays until all members have: they count votes themselves, or are told
 * @param messages between nodes for one command, when no other rides along
 * @param forcedLogs one after the other on that way; each is forced by all acceptors at once
 * @param assumptions what must hold, each with what depends on it
 * @param reads what a read costs in each mode
 */
public record Explanation(
    List<NodeId> acceptors, Optional<ConsensusMode> mode, int tolerates,
    List<NodeId> smallestLoss, int messageDelays, int learnDelays, int messages, int forcedLogs,
    List<String> assumptions, Map<String, String> reads) {
  /** Copies the collections. */
  public Explanation {
    acceptors = List.copyOf(acceptors);
    smallestLoss = List.copyOf(smallestLoss);
    assumptions = List.copyOf(assumptions);
  }

  /**
   * The quorums of the founders, for what else is to be known of them.
   *
   * @throws IllegalArgumentException if their quorums do not intersect
   */
  public static QuorumSystem quorums(NodeConfig config) {
    return new Quorums(config::quorum, config.settings()).apply(config.founders());
  }

  /** Of a configuration found to be sound. */
  public static Explanation of(NodeConfig config) {
    QuorumSystem quorums = quorums(config);
    boolean master = goesOnWithOne(config);
    List<NodeId> loss = leader(config).map(List::of).orElseGet(() ->
        master ? quorums.acceptors() : Resilience.smallestLoss(quorums, Set.of()));
    boolean stable = config.module(Slot.REGISTER, Plugins.Register.class).stable()
        && config.module(Slot.STORAGE, Plugins.StoragePlugin.class).durable();
    Optional<ConsensusMode> mode = config.founders().mode();
    int rounds = mode.equals(Optional.of(ConsensusMode.CLASSIC)) ? 2 : 1;
    int delivery = flag(config, "synod.broadcast.forced-delivery") && stable ? 1 : 0;
    return new Explanation(
        quorums.acceptors(), mode, loss.size() - 1, loss, 2 * rounds,
        2 * rounds + (countedByAll(config) ? 0 : 1), messages(config, rounds == 1),
        (stable ? rounds : 0) + delivery, assumptions(config, quorums, stable),
        reads(config));
  }

  private static boolean countedByAll(NodeConfig config) {
    return config.get(Learning.LEARN).equals(Learning.ALL);
  }

  /**
   * With each acceptor that is not in reserve, the leader's own apart: 2a and 2b, or before these
   * 1a, 1b, 1c, its acknowledgement and the 2b for its window. Every 2b goes to one, or to all.
   * The decision goes to all members but auxiliaries.
   */
  private static int messages(NodeConfig config, boolean fast) {
    Configuration founders = config.founders();
    int others = founders.acceptors().size() - founders.auxiliaries().size() - 1;
    int told = founders.members().size() - founders.auxiliaries().size() - 1;
    int votes = countedByAll(config) ? (others + 1) * others : others;
    return (fast ? others + votes : 5 * others + 2 * votes) + told;
  }

  private static Optional<NodeId> leader(NodeConfig config) {
    return config.module(Slot.ELECTION, Plugins.Election.class)
        .indispensable(config.settings());
  }

  /** All write, and whoever fails is left out: Vertical Paxos. */
  private static boolean goesOnWithOne(NodeConfig config) {
    return config.modules().get(Slot.QUORUM).name().equals("all")
        && config.modules().get(Slot.RECONFIG).name().equals("master")
        && !config.get(ReplicationSettings.MASTER_SILENCE).isZero();
  }

  private static boolean flag(NodeConfig config, String key) {
    for (Setting<?> setting : config.modules().get(Slot.BROADCAST).settings()) {
      if (setting.key().equals(key)) {
        return Boolean.TRUE.equals(config.get(setting));
      }
    }
    return false;
  }

  private static List<String> assumptions(
      NodeConfig config, QuorumSystem quorums, boolean stable) {
    List<String> all = new ArrayList<>();
    all.add("messages may be lost, doubled, late and out of order, but are not forged: safety");
    all.add(stable
        ? "what was forced to disk is there after a crash, or the damage is found: safety"
        : "a node that stops forgets its votes, and votes again only under a new name: safety");
    boolean master = config.modules().get(Slot.RECONFIG).name().equals("master");
    boolean winter = config.modules().get(Slot.QUORUM).name().equals(WinterPlugin.NAME);
    int lost = goesOnWithOne(config) ? quorums.acceptors().size() - 1
        : Resilience.tolerates(quorums, Set.of());
    all.add(failures(lost, winter) + ": progress");
    if (master) {
      all.add("the group at " + MasterSettings.SERVERS.key() + " keeps what it has acknowledged:"
          + " safety");
      all.add("it answers: changes of members, and progress after a failure");
    }
    all.add(leader(config).map(id -> id + ", which is named to lead, is up: progress")
        .orElse("at some time messages among a majority arrive within the election's time-outs:"
            + " progress"));
    if (!config.get(LeaseSettings.DURATION).isZero()) {
      all.add("monotonic clocks are wrong by no more than " + config.get(LeaseSettings.DRIFT)
          + " % (" + LeaseSettings.DRIFT.key() + "): reads in the mode LEASE only");
    }
    all.add("the state machine is deterministic: replicas agree");
    return all;
  }

  private static String failures(int tolerated, boolean winter) {
    if (tolerated == 0) {
      return "all acceptors are up and within reach of each other";
    }
    boolean one = tolerated == 1;
    String most = "no more than " + (one ? "one acceptor" : tolerated + " acceptors");
    return winter
        ? most + (one ? " ever crashes or is" : " ever crash or are") + " cut off under one"
            + " configuration (" + WinterPlugin.CRASHES.key() + ")"
        : most + (one ? " is" : " are") + " down or cut off at once";
  }

  private static Map<String, String> reads(NodeConfig config) {
    Map<String, String> reads = new LinkedHashMap<>();
    boolean master = config.modules().get(Slot.RECONFIG).name().equals("master");
    reads.put("LINEARIZABLE", "one round trip to a " + (master ? "write" : "read")
        + " quorum, no forced log; at a follower one more to the leader");
    reads.put("FOLLOWER", "as LINEARIZABLE, answered by the node asked from its own state");
    reads.put("LEASE", config.get(LeaseSettings.DURATION).isZero()
        ? "as LINEARIZABLE: " + LeaseSettings.DURATION.key() + " = 0s"
        : "no message at the leader while it holds a lease, one round trip to it elsewhere");
    reads.put("STALE", "no message; answers with the index that it has applied");
    return reads;
  }
}

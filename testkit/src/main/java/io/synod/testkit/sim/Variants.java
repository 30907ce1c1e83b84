package io.synod.testkit.sim;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The named variants, put together from the plugins on the class path. */
public final class Variants {
  /** Atomic registers: no log, and so no state machine. */
  public static final String ABD = "abd";

  private static final List<String> NAMES =
      List.of("fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "vertical");

  private final List<Plugin> plugins = new ArrayList<>();

  /** Looks for plugins; may read jars. */
  public Variants() {
    ServiceLoader.load(Plugin.class, Variants.class.getClassLoader()).forEach(plugins::add);
  }

  /** The names that {@link #named} knows, of variants with a log; {@link #ABD} has none. */
  public static List<String> names() {
    return NAMES;
  }

  /** Fast Paxos in the paper's sense: writes only, while prepared. The default. */
  public Variant fall() {
    return compose("fall", "stable", "fast");
  }

  /** Crash-recovery as in the paper's section 5: one instance at a time, each read and written. */
  public Variant classic() {
    return compose("classic", "stable", "classic")
        .with("synod.broadcast.window", 1)
        .with("synod.broadcast.forced-delivery", true);
  }

  /** Votes in memory: a crashed node never votes again. */
  public Variant crashStop() {
    return compose("crash-stop", "volatile", "fast");
  }

  /** Votes in memory, and quorums that take this into account. */
  public Variant winter() {
    return compose("winter", "volatile", "fast")
        .with(option(Slot.QUORUM, "winter", Plugins.Quorum.class));
  }

  /** Auxiliaries that are left alone while all mains answer. */
  public Variant cheap() {
    return compose("cheap", "stable", "fast")
        .with(option(Slot.QUORUM, "cheap", Plugins.Quorum.class));
  }

  /** As fall, led by a process that does not crash and recover for ever (figures 17 and 28). */
  public Variant spring() {
    return electing(compose("spring", "stable", "fast"), "spring");
  }

  /** As fall, with passive acceptors (figure 18). */
  public Variant summer() {
    return fall().onDisks("summer");
  }

  /** A copy of a variant under another election; refuses one that nobody offers. */
  public Variant electing(Variant variant, String election) {
    Variant electing = variant.with(option(Slot.ELECTION, election, Plugins.Election.class));
    return election.equals("fixed") ? electing.with("synod.election.leader", "n1") : electing;
  }

  /** Write-all quorums that survive failures, as a separate group keeps configurations. */
  public Variant vertical() {
    return compose("vertical", "stable", "fast")
        .with(option(Slot.QUORUM, "all", Plugins.Quorum.class))
        .with(option(Slot.RECONFIG, "master", Plugins.Reconfig.class))
        .with("synod.election.confirm", "self");
  }

  /** Atomic registers without consensus; of its slots, only quorums count. */
  public Variant abd() {
    return compose(ABD, "stable", "fast");
  }

  /** The variant of that name; refuses an unknown one, naming the known. */
  public Variant named(String name) {
    return switch (name) {
      case "fall" -> fall();
      case "classic" -> classic();
      case "crash-stop" -> crashStop();
      case "winter" -> winter();
      case "cheap" -> cheap();
      case "spring" -> spring();
      case "summer" -> summer();
      case "vertical" -> vertical();
      case ABD -> abd();
      default -> throw new IllegalArgumentException(
          "no variant is named '" + name + "'; known are " + String.join(", ", NAMES) + ", " + ABD);
    };
  }

  private Variant compose(String name, String register, String consensus) {
    return new Variant(
        name, false,
        option(Slot.REGISTER, register, Plugins.Register.class),
        option(Slot.CONSENSUS, consensus, Plugins.Consensus.class),
        option(Slot.ELECTION, "omega", Plugins.Election.class),
        option(Slot.BROADCAST, "pipelined", Plugins.Broadcast.class),
        option(Slot.QUORUM, "majority", Plugins.Quorum.class),
        option(Slot.RECONFIG, "log", Plugins.Reconfig.class),
        quorum -> option(Slot.QUORUM, quorum, Plugins.Quorum.class),
        Settings.DEFAULTS);
  }

  private <T extends Plugin> T option(Slot slot, String name, Class<T> type) {
    return plugins.stream()
        .filter(plugin -> plugin.slot() == slot && plugin.name().equals(name))
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "no plugin on the class path offers " + slot.key() + " = " + name));
  }
}

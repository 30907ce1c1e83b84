package io.synod.testkit.sim;

import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** The named variants, put together from the plugins on the class path. */
public final class Variants {
  /** Atomic registers: no log, and so no state machine. */
  public static final String ABD = "abd";

  private static final List<String> NAMES =
      List.of("fall", "classic", "crash-stop", "winter", "cheap", "spring", "summer", "cas",
          "leased", "vertical");

  private static final String AND = "+";
  /** All acceptors are nodes. */
  private static final String NONE = "none";
  /** What each variant chooses, and is more than a default of all. */
  private static final Map<String, Map<Slot, String>> CHOICES = Map.of(
      "fall", Map.of(Slot.CONSENSUS, "fast"),
      "classic", Map.of(Slot.CONSENSUS, "classic"),
      "crash-stop", Map.of(Slot.REGISTER, "volatile"),
      "winter", Map.of(Slot.REGISTER, "volatile", Slot.QUORUM, "winter"),
      "cheap", Map.of(Slot.QUORUM, "cheap", Slot.PASSIVE, NONE),
      "spring", Map.of(Slot.ELECTION, "spring"),
      "summer", Map.of(Slot.REGISTER, "stable", Slot.PASSIVE, "disk"),
      "cas", Map.of(Slot.REGISTER, "stable", Slot.PASSIVE, "jdbc"),
      "leased", Map.of(Slot.REGISTER, "stable", Slot.PASSIVE, "leased"),
      "vertical", Map.of(
          Slot.CONSENSUS, "fast", Slot.QUORUM, "all", Slot.RECONFIG, "master", Slot.PASSIVE,
          NONE));

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
    return named("fall");
  }

  /** Crash-recovery as in the paper's section 5: one instance at a time, each read and written. */
  public Variant classic() {
    return named("classic");
  }

  /** Votes in memory: a crashed node never votes again. */
  public Variant crashStop() {
    return named("crash-stop");
  }

  /** Votes in memory, and quorums that take this into account. */
  public Variant winter() {
    return named("winter");
  }

  /** Auxiliaries that are left alone while all mains answer. */
  public Variant cheap() {
    return named("cheap");
  }

  /** As fall, led by a process that does not crash and recover for ever (figures 17 and 28). */
  public Variant spring() {
    return named("spring");
  }

  /** Write-all quorums that survive failures, as a separate group keeps configurations. */
  public Variant vertical() {
    return named("vertical");
  }

  /** Atomic registers without consensus; of its slots, only quorums count. */
  public Variant abd() {
    return compose(ABD, Map.of());
  }

  /** As fall, with passive acceptors (figure 18). */
  public Variant summer() {
    return named("summer");
  }

  /** As fall, with databases as acceptors, moved by compare-and-swap. */
  public Variant cas() {
    return named("cas");
  }

  /** A copy of a variant under another election; refuses one that nobody offers. */
  public Variant electing(Variant variant, String election) {
    Variant electing = variant.with(option(Slot.ELECTION, election, Plugins.Election.class));
    return election.equals("fixed") ? electing.with("synod.election.leader", "n1") : electing;
  }

  /**
   * The variant of that name, or what several make together, as in {@code winter+spring}; an
   * election may be one of them, as in {@code fall+lease}. Refuses an unknown name, naming the
   * known, and two that choose differently for one slot, naming both.
   */
  public Variant named(String name) {
    if (name.equals(ABD)) {
      return abd();
    }
    Map<Slot, String> choices = new EnumMap<>(Slot.class);
    Map<Slot, String> chosenBy = new EnumMap<>(Slot.class);
    for (String part : name.split(Pattern.quote(AND), -1)) {
      choices(part).forEach((slot, option) -> {
        String other = choices.putIfAbsent(slot, option);
        String by = chosenBy.putIfAbsent(slot, part);
        if (other != null && !other.equals(option)) {
          throw new IllegalArgumentException(by + " and " + part + " contradict each other: "
              + slot.key() + " = " + other + " and " + slot.key() + " = " + option);
        }
      });
    }
    return settings(compose(name, choices), choices);
  }

  private Map<Slot, String> choices(String part) {
    boolean election = plugins.stream()
        .anyMatch(plugin -> plugin.slot() == Slot.ELECTION && plugin.name().equals(part));
    Map<Slot, String> known = CHOICES.get(part);
    if (known == null && !election) {
      throw new IllegalArgumentException(
          "no variant is named '" + part + "'; known are " + String.join(", ", NAMES) + ", " + ABD);
    }
    return known == null ? Map.of(Slot.ELECTION, part) : known;
  }

  /** What belongs to an option, where the others leave room for it. */
  private static Variant settings(Variant variant, Map<Slot, String> choices) {
    Variant set = variant;
    if ("classic".equals(choices.get(Slot.CONSENSUS))) {
      set = set.with("synod.broadcast.window", 1)
          .with("synod.broadcast.forced-delivery", variant.register().stable());
    }
    if ("master".equals(choices.get(Slot.RECONFIG)) && !choices.containsKey(Slot.ELECTION)) {
      set = set.with("synod.election.confirm", "self");
    }
    return "fixed".equals(choices.get(Slot.ELECTION))
        ? set.with("synod.election.leader", "n1") : set;
  }

  private Variant compose(String name, Map<Slot, String> choices) {
    return new Variant(
        name, choices.getOrDefault(Slot.PASSIVE, NONE),
        option(Slot.REGISTER, choices.getOrDefault(Slot.REGISTER, "stable"),
            Plugins.Register.class),
        option(Slot.CONSENSUS, choices.getOrDefault(Slot.CONSENSUS, "fast"),
            Plugins.Consensus.class),
        option(Slot.ELECTION, choices.getOrDefault(Slot.ELECTION, "omega"),
            Plugins.Election.class),
        option(Slot.BROADCAST, "pipelined", Plugins.Broadcast.class),
        option(Slot.QUORUM, choices.getOrDefault(Slot.QUORUM, "majority"), Plugins.Quorum.class),
        option(Slot.RECONFIG, choices.getOrDefault(Slot.RECONFIG, "log"),
            Plugins.Reconfig.class),
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

package io.synod.runtime.config;

import io.synod.api.plugin.Slot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named bundle of defaults. Whatever it says can be overridden key by key.
 *
 * @param defaults texts by key
 * @param passive the scheme of the addresses of acceptors that are no processes, which it needs
 */
public record Variant(
    String name, String meaning, Map<String, String> defaults, Optional<String> passive) {
  /** The one used when none is named. */
  public static final String DEFAULT = "fall";

  /** The one that has no log: only its quorums, storage and transport count. */
  public static final String ABD = "abd";

  /** Keeps the order of the keys. */
  public Variant {
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
  }

  /** All that can be run. */
  public static List<Variant> all() {
    return List.of(
        ofProcesses(DEFAULT, "crash-recovery; one round trip and one forced log a command", fall()),
        ofProcesses("classic", "crash-recovery; every proposal reads, then writes, one at a time",
            fallBut(Map.of(
                Slot.CONSENSUS.key(), "classic",
                "synod.broadcast.window", "1",
                "synod.broadcast.forced-delivery", "true"))),
        ofProcesses("cheap", "crash-recovery; auxiliaries take part only while a main is silent",
            fallBut(Map.of(Slot.QUORUM.key(), "cheap"))),
        ofProcesses("spring", "fall, led by a process that does not crash and recover for ever",
            fallBut(Map.of(Slot.ELECTION.key(), "spring"))),
        new Variant("summer", "fall, but disks vote: one live process and most disks suffice",
            fall(), Optional.of("disk")),
        new Variant("cas", "fall, but databases vote, by compare-and-swap",
            fall(), Optional.of("jdbc")),
        new Variant("leased", "fall, but plain memory votes, written to under a lease",
            fall(), Optional.of("leased")),
        ofProcesses("vertical", "crash-recovery; all write; a separate group keeps who they are",
            fallBut(Map.of(
                Slot.QUORUM.key(), "all",
                Slot.RECONFIG.key(), "master",
                "synod.election.confirm", "self"))),
        ofProcesses("crash-stop", "no disk: a node that stops comes back by catch-up only",
            fallBut(Map.of(
                Slot.REGISTER.key(), "volatile",
                Slot.STORAGE.key(), "memory"))),
        ofProcesses("winter", "no disk: fewer than half ever crash; who comes back votes again",
            fallBut(Map.of(
                Slot.REGISTER.key(), "volatile",
                Slot.QUORUM.key(), "winter",
                Slot.STORAGE.key(), "memory"))),
        ofProcesses(ABD, "atomic registers: no log, no leader, no consensus", fall()));
  }

  /** The one of that name. */
  public static Optional<Variant> named(String name) {
    return all().stream().filter(variant -> variant.name.equals(name)).findFirst();
  }

  /** Processes vote, which is all that it needs. */
  private static Variant ofProcesses(String name, String meaning, Map<String, String> defaults) {
    return new Variant(name, meaning, defaults, Optional.empty());
  }

  private static Map<String, String> fall() {
    Map<String, String> fall = new LinkedHashMap<>();
    fall.put(Slot.REGISTER.key(), "stable");
    fall.put(Slot.CONSENSUS.key(), "fast");
    fall.put(Slot.ELECTION.key(), "omega");
    fall.put(Slot.BROADCAST.key(), "pipelined");
    fall.put(Slot.QUORUM.key(), "majority");
    fall.put(Slot.STORAGE.key(), "file");
    fall.put(Slot.TRANSPORT.key(), "netty");
    fall.put(Slot.RECONFIG.key(), "log");
    return fall;
  }

  private static Map<String, String> fallBut(Map<String, String> differences) {
    Map<String, String> variant = fall();
    variant.putAll(differences);
    return variant;
  }
}

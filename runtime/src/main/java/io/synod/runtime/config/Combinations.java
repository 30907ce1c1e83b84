package io.synod.runtime.config;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import io.synod.broadcast.pipelined.BroadcastSettings;
import io.synod.election.lease.LeaseElectionPlugin;
import io.synod.quorum.CheapPlugin;
import io.synod.quorum.WinterPlugin;
import io.synod.reconfig.master.MasterSettings;
import io.synod.register.lease.LeaseSettings;
import io.synod.replication.ReplicationSettings;
import io.synod.sharedmemory.MemorySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What cannot, or should not, go together though each value is legal by itself. */
final class Combinations {
  private static final String MAX_FRAME = "synod.transport.max-frame";
  private static final String ELECTION_LEADER = "synod.election.leader";
  /** Where an election has one of these, no time-out is longer. */
  private static final Set<String> ELECTION_LONGEST =
      Set.of("synod.election.cap", "synod.election.round-trip");
  private static final String ELECTION_CONFIRM = "synod.election.confirm";
  /** Forwarded commands and runs of votes are packed up to so much. */
  private static final long RUN_BYTES = 1L << 20;
  private static final long OVERHEAD_BYTES = 1L << 16;

  private final Settings settings;
  private final Map<Slot, Plugin> modules;
  private final List<String> errors;
  private final List<String> warnings;

  Combinations(
      Settings settings, Map<Slot, Plugin> modules, List<String> errors, List<String> warnings) {
    this.settings = settings;
    this.modules = modules;
    this.errors = errors;
    this.warnings = warnings;
  }

  void check(Optional<Configuration> founders) {
    modules.forEach((slot, plugin) -> {
      for (String why : plugin.contradictions(settings)) {
        errors.add(slot.key() + " = " + plugin.name() + ": " + why);
      }
    });
    founders.ifPresent(this::checkQuorum);
    founders.ifPresent(this::checkElection);
    founders.ifPresent(this::checkPassive);
    checkStorage();
    checkWinter();
    checkFrame();
    checkLease();
    checkMaster();
    checkLeaseholder();
    founders.ifPresent(this::checkMemory);
    if (settings.get(ReplicationSettings.MAX_COMMAND)
        > settings.get(ReplicationSettings.MAX_WAITING_BYTES)) {
      errors.add(ReplicationSettings.MAX_COMMAND.key() + " is above "
          + ReplicationSettings.MAX_WAITING_BYTES.key() + ": such a command could never wait");
    }
  }

  /**
   * A new leader's 1c, or what an acceptor reports to it, holds a whole window of instances; a
   * message that never fits would be dropped again and again.
   */
  private void checkFrame() {
    long instance = Math.max(
        settings.get(BroadcastSettings.BATCH_BYTES), settings.get(ReplicationSettings.MAX_COMMAND));
    long window = settings.get(BroadcastSettings.WINDOW) * instance;
    long run = Math.max(RUN_BYTES, settings.get(BroadcastSettings.CATCH_UP_BYTES)) + instance;
    long needed = Math.max(window, run) + OVERHEAD_BYTES;
    for (Setting<?> setting : settings(Slot.TRANSPORT)) {
      if (setting.key().equals(MAX_FRAME) && (Long) settings.get(setting) < needed) {
        errors.add(MAX_FRAME + " = " + settings.get(setting) + " is too small: "
            + BroadcastSettings.WINDOW.key() + " instances of up to " + instance + " bytes ("
            + BroadcastSettings.BATCH_BYTES.key() + ", " + ReplicationSettings.MAX_COMMAND.key()
            + ") need " + needed + "; raise it or lower one of these");
      }
    }
  }

  /** A failed leader's lease must not hold up its successor longer than any time-out does. */
  private void checkLease() {
    Duration lease = settings.get(LeaseSettings.DURATION);
    for (Setting<?> setting : settings(Slot.ELECTION)) {
      if (ELECTION_LONGEST.contains(setting.key())
          && lease.compareTo((Duration) settings.get(setting)) > 0) {
        errors.add(LeaseSettings.DURATION.key() + " = " + Texts.show(lease) + " is above "
            + setting.key() + " = " + Texts.show(settings.get(setting)) + ": after a failure the"
            + " next leader would wait for the lease, whatever the election's time-outs");
      }
    }
  }

  private void checkQuorum(Configuration founders) {
    if (!(modules.get(Slot.QUORUM) instanceof Plugins.Quorum quorum)) {
      return;
    }
    founders.flaw().ifPresent(flaw -> errors.add(RuntimeSettings.MEMBERS.key() + ": " + flaw));
    try {
      quorum.create(founders, settings);
    } catch (IllegalArgumentException e) {
      errors.add(Slot.QUORUM.key() + " = " + quorum.name() + " over "
          + founders.ids() + ": " + e.getMessage());
    }
    boolean cheap = quorum.name().equals(CheapPlugin.NAME);
    if (cheap == founders.auxiliaries().isEmpty()) {
      errors.add(cheap
          ? Slot.QUORUM.key() + " = " + quorum.name() + " needs auxiliaries: write =auxiliary"
              + " behind some of " + RuntimeSettings.MEMBERS.key()
          : RuntimeSettings.MEMBERS.key() + " has auxiliaries " + founders.auxiliaries() + ", but "
              + Slot.QUORUM.key() + " = " + quorum.name() + " needs every acceptor: choose "
              + CheapPlugin.NAME);
    }
  }

  /** The name of an option; empty if there is none of the name given (told already). */
  private String chosen(Slot slot) {
    return modules.containsKey(slot) ? modules.get(slot).name() : "";
  }

  private List<Setting<?>> settings(Slot slot) {
    return modules.containsKey(slot) ? modules.get(slot).settings() : List.of();
  }

  /** Whoever is named to lead must be there, and may lead. */
  private void checkElection(Configuration founders) {
    if (!(modules.get(Slot.ELECTION) instanceof Plugins.Election election)
        || !election.contradictions(settings).isEmpty()) {
      return;
    }
    election.indispensable(settings).filter(id -> !founders.mayLead(id)).ifPresent(id -> {
      String why = founders.member(id)
          .map(member -> id + " may not lead in the role " + member.role())
          .orElse(id + " is no member");
      errors.add(ELECTION_LEADER + " = " + id + ": " + why + " of "
          + RuntimeSettings.MEMBERS.key() + " = " + founders.ids());
    });
  }

  /**
   * A lease takes a majority of the acceptors: one that is left alone grants none, and one of two
   * is none.
   */
  private void checkLeaseholder() {
    if (!chosen(Slot.ELECTION).equals(LeaseElectionPlugin.NAME)) {
      return;
    }
    String lease = Slot.ELECTION.key() + " = " + LeaseElectionPlugin.NAME + " contradicts ";
    if (chosen(Slot.QUORUM).equals(CheapPlugin.NAME)) {
      errors.add(lease + Slot.QUORUM.key() + " = " + CheapPlugin.NAME + ": auxiliaries grant no"
          + " lease, so that nobody could lead once a main has failed; choose another election");
    }
    if (chosen(Slot.RECONFIG).equals("master")) {
      errors.add(lease + Slot.RECONFIG.key() + " = master: service is to go on with fewer than a"
          + " majority, which cannot grant a lease; choose another election");
    }
  }

  /** Where all write, the group must go on with one: a majority cannot be asked who leads. */
  private void checkMaster() {
    boolean master = chosen(Slot.RECONFIG).equals("master");
    if (!master && !settings.get(MasterSettings.SERVERS).isEmpty()) {
      errors.add(MasterSettings.SERVERS.key() + " is given, but " + Slot.RECONFIG.key() + " = "
          + chosen(Slot.RECONFIG) + " asks no master: choose master, or remove it");
    }
    if (master && chosen(Slot.CONSENSUS).equals("classic")) {
      errors.add(Slot.CONSENSUS.key() + " = classic reads before every write, which "
          + Slot.RECONFIG.key() + " = master does not go with: choose fast");
    }
    if (!master || !chosen(Slot.QUORUM).equals("all")) {
      return;
    }
    for (Setting<?> setting : settings(Slot.ELECTION)) {
      if (setting.key().equals(ELECTION_CONFIRM)
          && "majority".equals(settings.get(setting))) {
        warnings.add(ELECTION_CONFIRM + " = majority with " + Slot.QUORUM.key() + " = all and "
            + Slot.RECONFIG.key() + " = master: service does not go on once half of the acceptors"
            + " are gone at the same time; choose self");
      }
    }
  }

  /** Passive acceptors remember, and what is chosen in them is kept by processes that do, too. */
  private void checkPassive(Configuration founders) {
    String variant = settings.get(RuntimeSettings.VARIANT);
    List<String> schemes = Variant.named(variant).flatMap(Variant::passive)
        .map(Combinations::schemes).orElse(List.of());
    boolean has = founders.passive().stream()
        .anyMatch(member -> schemes.contains(member.acceptor().getScheme()));
    if (!schemes.isEmpty() && !has) {
      errors.add(RuntimeSettings.VARIANT.key() + " = " + variant + " needs acceptors that are no"
          + " processes: add some as id@" + String.join(":… or id@", schemes) + ":… to "
          + RuntimeSettings.MEMBERS.key()
          + ", and write =proposer behind the processes that are to have no vote");
    }
    if (!founders.passive().isEmpty()
        && modules.get(Slot.REGISTER) instanceof Plugins.Register register && !register.stable()) {
      errors.add(Slot.REGISTER.key() + " = " + register.name() + " contradicts "
          + RuntimeSettings.MEMBERS.key() + " with passive acceptors "
          + founders.passive().stream().map(Member::id).toList() + ": winter assumes that nothing"
          + " is remembered, summer that disks are; choose stable, or leave them out");
    }
  }

  /** Of acceptors that a variant's usual ones may be, too: plain memories in place of disks. */
  private static List<String> schemes(String usual) {
    return usual.equals("disk") ? List.of(usual, "leased") : List.of(usual);
  }

  /** Registers need every replica to remember, and one writer to be there. */
  private void checkMemory(Configuration founders) {
    if (!settings.get(RuntimeSettings.VARIANT).equals(Variant.ABD)) {
      return;
    }
    String abd = RuntimeSettings.VARIANT.key() + " = " + Variant.ABD;
    if (modules.get(Slot.STORAGE) instanceof Plugins.StoragePlugin storage && !storage.durable()) {
      errors.add(Slot.STORAGE.key() + " = " + storage.name() + " contradicts " + abd + ": a replica"
          + " that forgets its copies makes reads give old values; choose file");
    }
    if (!founders.passive().isEmpty()) {
      errors.add(RuntimeSettings.MEMBERS.key() + " has passive acceptors "
          + founders.passive().stream().map(Member::id).toList() + ", which contradicts " + abd
          + ": registers are kept by processes alone");
    }
    String quorum = chosen(Slot.QUORUM);
    if (quorum.equals(WinterPlugin.NAME) || quorum.equals(CheapPlugin.NAME)) {
      errors.add(Slot.QUORUM.key() + " = " + quorum + " contradicts " + abd + ": these quorums"
          + " rely on a leader and a log; choose majority, flexible, weighted, grid or explicit");
    }
    String writer = settings.get(MemorySettings.WRITER);
    if (!writer.isEmpty() && founders.ids().stream().noneMatch(id -> id.name().equals(writer))) {
      errors.add(MemorySettings.WRITER.key() + " = " + writer + " is none of the members "
          + founders.ids());
    }
  }

  /** Winter is for acceptors that forget; what they would keep on disk counts for nothing there. */
  private void checkWinter() {
    if (!chosen(Slot.QUORUM).equals(WinterPlugin.NAME)) {
      return;
    }
    String winter = Slot.QUORUM.key() + " = " + WinterPlugin.NAME + " contradicts ";
    if (modules.get(Slot.REGISTER) instanceof Plugins.Register register && register.stable()) {
      errors.add(winter + Slot.REGISTER.key() + " = " + register.name() + ": it assumes that"
          + " acceptors forget when they crash; choose volatile, or other quorums");
    }
    if (modules.get(Slot.STORAGE) instanceof Plugins.StoragePlugin storage && storage.durable()) {
      errors.add(winter + Slot.STORAGE.key() + " = " + storage.name() + ": it assumes that"
          + " nothing survives a crash; choose memory, or other quorums");
    }
  }

  private void checkStorage() {
    if (!(modules.get(Slot.STORAGE) instanceof Plugins.StoragePlugin storage)) {
      return;
    }
    if (storage.durable() && settings.get(RuntimeSettings.DATA).isEmpty()) {
      errors.add(RuntimeSettings.DATA.key() + ": missing: " + Slot.STORAGE.key() + " = "
          + storage.name() + " needs a directory for its files");
    }
    if (!storage.durable() && modules.get(Slot.REGISTER) instanceof Plugins.Register register
        && register.stable()) {
      warnings.add(Slot.REGISTER.key() + " = " + register.name() + " with " + Slot.STORAGE.key()
          + " = " + storage.name() + ": nothing survives a restart; a node that restarts comes"
          + " back under a new incarnation, which votes only once a reconfiguration names it");
    }
  }
}

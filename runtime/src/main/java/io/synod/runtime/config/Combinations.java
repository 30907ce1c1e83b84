package io.synod.runtime.config;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.plugin.Slot;
import io.synod.replication.ReplicationSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What cannot, or should not, go together though each value is legal by itself. */
final class Combinations {
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

  void check(Identity identity) {
    modules.forEach((slot, plugin) -> {
      for (String why : plugin.contradictions(settings)) {
        errors.add(slot.key() + " = " + plugin.name() + ": " + why);
      }
    });
    checkQuorum(identity);
    checkStorage();
    if (settings.get(ReplicationSettings.MAX_COMMAND)
        > settings.get(ReplicationSettings.MAX_WAITING_BYTES)) {
      errors.add(ReplicationSettings.MAX_COMMAND.key() + " is above "
          + ReplicationSettings.MAX_WAITING_BYTES.key() + ": such a command could never wait");
    }
  }

  private void checkQuorum(Identity identity) {
    if (identity.members().isEmpty()
        || !(modules.get(Slot.QUORUM) instanceof Plugins.Quorum quorum)) {
      return;
    }
    try {
      List<NodeId> acceptors = new ArrayList<>(identity.members().keySet());
      quorum.create(acceptors, settings);
    } catch (IllegalArgumentException e) {
      errors.add(Slot.QUORUM.key() + " = " + quorum.name() + " over "
          + identity.members().keySet() + ": " + e.getMessage());
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

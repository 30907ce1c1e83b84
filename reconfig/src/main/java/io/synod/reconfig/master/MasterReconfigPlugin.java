package io.synod.reconfig.master;

import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.reconfig.MasterCell;
import java.util.List;

/** The option {@code master}: a separate group decides on configurations. */
public final class MasterReconfigPlugin implements Plugins.Reconfig {
  @Override
  public String name() {
    return "master";
  }

  @Override
  public String meaning() {
    return "a separate group keeps configurations, so that write-all quorums survive failures";
  }

  @Override
  public List<Setting<?>> settings() {
    return MasterSettings.all();
  }

  @Override
  public List<String> contradictions(Settings settings) {
    String servers = settings.get(MasterSettings.SERVERS);
    if (servers.isEmpty()) {
      return List.of(MasterSettings.SERVERS.key() + " is missing: say where the group that keeps"
          + " configurations takes commands");
    }
    try {
      MasterSettings.servers(servers);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(MasterSettings.SERVERS.key() + ": " + e.getMessage());
    }
  }

  @Override
  public Authority create(LayerContext context) {
    return create(context, MasterCell.NONE);
  }

  @Override
  public Authority create(LayerContext context, MasterCell master) {
    return new MasterAuthority(context, master);
  }
}

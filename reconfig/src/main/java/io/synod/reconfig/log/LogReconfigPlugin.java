package io.synod.reconfig.log;

import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.reconfig.Authority;

/** The option {@code log}: the replicated log itself decides on configurations. */
public final class LogReconfigPlugin implements Plugins.Reconfig {
  @Override
  public String name() {
    return "log";
  }

  @Override
  public String meaning() {
    return "the log itself decides which configuration comes next";
  }

  @Override
  public Authority create(LayerContext context) {
    return new LogAuthority(context.founders());
  }
}

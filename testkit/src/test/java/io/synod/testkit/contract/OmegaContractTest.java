package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.election.omega.OmegaPlugin;
import org.junit.jupiter.api.Nested;

class OmegaContractTest {
  @Nested
  class ConfirmedByMajority extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new OmegaPlugin();
    }
  }

  @Nested
  class Plain extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new OmegaPlugin();
    }

    @Override
    protected Settings settings() {
      return Settings.DEFAULTS.with(OmegaPlugin.CONFIRM, "self");
    }

    @Override
    protected boolean confirmedByMajority() {
      return false;
    }
  }
}

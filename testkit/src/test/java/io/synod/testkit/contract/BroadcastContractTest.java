package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.broadcast.pipelined.BroadcastSettings;
import io.synod.broadcast.pipelined.PipelinedBroadcastPlugin;
import io.synod.quorum.WinterPlugin;
import org.junit.jupiter.api.Nested;

class BroadcastContractTest {
  @Nested
  class Pipelined extends BroadcastContract {
    @Override
    protected Plugins.Broadcast plugin() {
      return new PipelinedBroadcastPlugin();
    }
  }

  @Nested
  class OverWinterQuorums extends BroadcastContract {
    @Override
    protected Plugins.Broadcast plugin() {
      return new PipelinedBroadcastPlugin();
    }

    @Override
    protected Plugins.Quorum quorum() {
      return new WinterPlugin();
    }
  }

  @Nested
  class OneAfterTheOtherWithForcedDelivery extends BroadcastContract {
    @Override
    protected Plugins.Broadcast plugin() {
      return new PipelinedBroadcastPlugin();
    }

    @Override
    protected Settings settings() {
      return Settings.DEFAULTS.with(BroadcastSettings.WINDOW, 1)
          .with(BroadcastSettings.FORCED_DELIVERY, true);
    }
  }
}

package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.quorum.WinterPlugin;
import io.synod.register.plugin.StableRegisterPlugin;
import io.synod.register.plugin.VolatileRegisterPlugin;
import org.junit.jupiter.api.Nested;

class RegisterContractTest {
  @Nested
  class Stable extends RegisterContract {
    @Override
    protected Plugins.Register plugin() {
      return new StableRegisterPlugin();
    }
  }

  @Nested
  class Volatile extends RegisterContract {
    @Override
    protected Plugins.Register plugin() {
      return new VolatileRegisterPlugin();
    }
  }

  @Nested
  class Winter extends RegisterContract {
    @Override
    protected Plugins.Register plugin() {
      return new VolatileRegisterPlugin();
    }

    @Override
    protected Plugins.Quorum quorum() {
      return new WinterPlugin();
    }
  }
}

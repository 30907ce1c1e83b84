package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.reconfig.log.LogReconfigPlugin;
import org.junit.jupiter.api.Nested;

class AuthorityContractTest {
  @Nested
  class Log extends AuthorityContract {
    @Override
    protected Plugins.Reconfig plugin() {
      return new LogReconfigPlugin();
    }
  }
}

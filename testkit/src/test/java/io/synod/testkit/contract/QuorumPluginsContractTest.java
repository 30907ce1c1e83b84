package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.quorum.AllPlugin;
import io.synod.quorum.FlexiblePlugin;
import io.synod.quorum.MajorityPlugin;
import io.synod.quorum.WeightedPlugin;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;

class QuorumPluginsContractTest {
  @Nested
  class Majority extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new MajorityPlugin();
    }
  }

  @Nested
  class All extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new AllPlugin();
    }
  }

  @Nested
  class Flexible extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new FlexiblePlugin();
    }

    @Override
    protected Settings settings(int size) {
      return Settings.DEFAULTS.with(FlexiblePlugin.WRITE, Math.min(size, 2));
    }
  }

  @Nested
  class Weighted extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new WeightedPlugin();
    }

    @Override
    protected Settings settings(int size) {
      return Settings.DEFAULTS.with(WeightedPlugin.WEIGHTS, IntStream.rangeClosed(1, size)
          .mapToObj(i -> "n" + i + ":" + i * 7 % 4).collect(Collectors.joining(",")));
    }
  }
}

package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.quorum.AllPlugin;
import io.synod.quorum.ExplicitPlugin;
import io.synod.quorum.FlexiblePlugin;
import io.synod.quorum.GridPlugin;
import io.synod.quorum.MajorityPlugin;
import io.synod.quorum.WeightedPlugin;
import io.synod.quorum.WinterPlugin;
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
  class Winter extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new WinterPlugin();
    }

    @Override
    protected Settings settings(int size) {
      return Settings.DEFAULTS.with(WinterPlugin.CRASHES, size < 3 ? 0 : 1);
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

  @Nested
  class Grid extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new GridPlugin();
    }

    @Override
    protected Settings settings(int size) {
      return Settings.DEFAULTS.with(GridPlugin.ROWS, (size + 2) / 3);
    }
  }

  /** Each window of a majority in the ring of acceptors reads, each of one more writes. */
  @Nested
  class Explicit extends QuorumContract {
    @Override
    protected Plugins.Quorum plugin() {
      return new ExplicitPlugin();
    }

    @Override
    protected Settings settings(int size) {
      int more = Math.min(size, size / 2 + 2);
      return Settings.DEFAULTS.with(ExplicitPlugin.READS, windows(size, size / 2 + 1))
          .with(ExplicitPlugin.WRITES, windows(size, more));
    }

    private String windows(int size, int width) {
      return IntStream.range(0, size).mapToObj(from -> IntStream.range(from, from + width)
          .mapToObj(i -> "n" + (i % size + 1)).collect(Collectors.joining("+")))
          .collect(Collectors.joining("/"));
    }
  }
}

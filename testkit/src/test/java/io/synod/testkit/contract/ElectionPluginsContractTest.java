package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.election.fixed.FixedPlugin;
import io.synod.election.lease.LeaseElectionPlugin;
import io.synod.election.omega.OmegaPlugin;
import io.synod.election.omega.PlainPlugin;
import io.synod.election.omega.QuorumConnectedPlugin;
import io.synod.election.omega.SloppyPlugin;
import io.synod.election.omega.SpringPlugin;
import org.junit.jupiter.api.Nested;

class ElectionPluginsContractTest {
  @Nested
  class Omega extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new OmegaPlugin();
    }
  }

  @Nested
  class OmegaConfirmedByItself extends Unconfirmed {
    @Override
    protected Plugins.Election plugin() {
      return new OmegaPlugin();
    }

    @Override
    protected Settings settings() {
      return Settings.DEFAULTS.with(OmegaPlugin.CONFIRM, "self");
    }
  }

  @Nested
  class Spring extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new SpringPlugin();
    }
  }

  @Nested
  class QuorumConnected extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new QuorumConnectedPlugin();
    }
  }

  @Nested
  class Lease extends ElectionContract {
    @Override
    protected Plugins.Election plugin() {
      return new LeaseElectionPlugin();
    }
  }

  @Nested
  class Plain extends Unconfirmed {
    @Override
    protected Plugins.Election plugin() {
      return new PlainPlugin();
    }
  }

  @Nested
  class Sloppy extends Unconfirmed {
    @Override
    protected Plugins.Election plugin() {
      return new SloppyPlugin();
    }
  }

  @Nested
  class Fixed extends Unconfirmed {
    @Override
    protected Plugins.Election plugin() {
      return new FixedPlugin();
    }

    @Override
    protected Settings settings() {
      return Settings.DEFAULTS.with(FixedPlugin.LEADER, "n1");
    }

    @Override
    protected boolean replacesLeaders() {
      return false;
    }
  }

  /** Elections in which each process goes by what it hears itself. */
  abstract static class Unconfirmed extends ElectionContract {
    @Override
    protected boolean confirmedByMajority() {
      return false;
    }
  }
}

package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.consensus.rounds.ClassicConsensusPlugin;
import io.synod.consensus.rounds.FastConsensusPlugin;
import io.synod.quorum.WinterPlugin;
import org.junit.jupiter.api.Nested;

class ConsensusContractTest {
  @Nested
  class Classic extends ConsensusContract {
    @Override
    protected Plugins.Consensus plugin() {
      return new ClassicConsensusPlugin();
    }
  }

  @Nested
  class OverWinterQuorums extends ConsensusContract {
    @Override
    protected Plugins.Consensus plugin() {
      return new FastConsensusPlugin();
    }

    @Override
    protected Plugins.Quorum quorum() {
      return new WinterPlugin();
    }
  }

  @Nested
  class Fast extends ConsensusContract {
    @Override
    protected Plugins.Consensus plugin() {
      return new FastConsensusPlugin();
    }
  }
}

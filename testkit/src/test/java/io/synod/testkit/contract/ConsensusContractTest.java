package io.synod.testkit.contract;

import io.synod.api.plugin.Plugins;
import io.synod.consensus.rounds.ClassicConsensusPlugin;
import io.synod.consensus.rounds.FastConsensusPlugin;
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
  class Fast extends ConsensusContract {
    @Override
    protected Plugins.Consensus plugin() {
      return new FastConsensusPlugin();
    }
  }
}

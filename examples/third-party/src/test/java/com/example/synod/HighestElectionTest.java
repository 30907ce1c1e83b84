package com.example.synod;

import io.synod.api.plugin.Plugins;
import io.synod.testkit.contract.ElectionContract;

class HighestElectionTest extends ElectionContract {
  @Override
  protected Plugins.Election plugin() {
    return new HighestPlugin();
  }

  /** Each process goes by what it hears itself. */
  @Override
  protected boolean confirmedByMajority() {
    return false;
  }
}

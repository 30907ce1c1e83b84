package io.synod.consensus.rounds;

import io.synod.api.model.ConsensusMode;

/** The option {@code classic}: read, then write, for every round of proposals. */
public final class ClassicConsensusPlugin extends RoundsPlugin {
  /** For the service loader. */
  public ClassicConsensusPlugin() {
    super(ConsensusMode.CLASSIC);
  }

  @Override
  public String name() {
    return "classic";
  }

  @Override
  public String meaning() {
    return "read and write for every round: two round trips (figure 6)";
  }
}

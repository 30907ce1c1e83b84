package io.synod.consensus.rounds;

import io.synod.api.model.ConsensusMode;

/** The option {@code fast}: write only, while prepared. */
public final class FastConsensusPlugin extends RoundsPlugin {
  /** For the service loader. */
  public FastConsensusPlugin() {
    super(ConsensusMode.FAST);
  }

  @Override
  public String name() {
    return "fast";
  }

  @Override
  public String meaning() {
    return "reads once per leader, then writes only: one round trip (figure 20)";
  }
}

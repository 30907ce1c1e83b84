package io.synod.consensus.rounds;

/** The option {@code fast}: write only, while prepared. */
public final class FastConsensusPlugin extends RoundsPlugin {
  /** For the service loader. */
  public FastConsensusPlugin() {
    super(Mode.FAST);
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

package io.synod.consensus.rounds;

/** The option {@code classic}: read, then write, for every round of proposals. */
public final class ClassicConsensusPlugin extends RoundsPlugin {
  /** For the service loader. */
  public ClassicConsensusPlugin() {
    super(Mode.CLASSIC);
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

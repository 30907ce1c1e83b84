package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;

/** Equal prefixes give equal states: after the n-th command every replica has one digest. */
public final class ReplicaDeterminism extends Oracle {
  private static final int COMMANDS = 1 << 18;

  private final Recent<Seen> first = new Recent<>(COMMANDS);

  /** Reports to {@code findings}. */
  public ReplicaDeterminism(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    Seen seen = first.get(step.count());
    if (seen == null) {
      first.put(step.count(), new Seen(life, instance.number(), step.digest()));
    } else if (seen.digest != step.digest() || seen.instance != instance.number()) {
      violated(
          seen.life + " has digest " + Long.toHexString(seen.digest) + " after command number "
              + step.count() + ", applied at instance " + seen.instance,
          life + " has " + Long.toHexString(step.digest()) + " after it, at " + instance);
    }
  }

  private record Seen(Life life, long instance, long digest) {}
}

package io.synod.testkit.oracle;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** Every replica answers the same to the same command of the log. */
public final class SameResult extends Oracle implements MachineObserver {
  private final Long2ObjectHashMap<Seen> first = new Long2ObjectHashMap<>();

  /** Reports to {@code findings}. */
  public SameResult(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, AppliedCommand step) {
    Seen seen = first.get(step.at().number());
    if (seen == null) {
      first.put(step.at().number(), new Seen(life, step.result()));
    } else if (!Arrays.equals(seen.result, step.result())) {
      violated(
          seen.life + " answered " + Bytes.text(seen.result) + " to " + step.at() + ", "
              + Bytes.text(step.command()),
          life + " answered " + Bytes.text(step.result()));
    }
  }

  private record Seen(Life life, byte[] result) {}
}

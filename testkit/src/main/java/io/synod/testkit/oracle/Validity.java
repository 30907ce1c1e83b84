package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import java.util.HashSet;
import java.util.Set;
import org.agrona.collections.Long2LongHashMap;

/**
 * Validity: what is delivered was proposed by somebody (a SKIP needs no proposer), and a command
 * that takes effect was handed in by a client.
 */
public final class Validity extends Oracle {
  private static final int PROPOSALS = 1 << 16;
  private static final int INSTANCES = 1 << 16;

  private final Recent<Value> judged = new Recent<>(INSTANCES);
  private Set<Value> proposed = new HashSet<>();
  private Set<Value> proposedBefore = new HashSet<>();
  private final Long2LongHashMap invoked = new Long2LongHashMap(0);

  /** Reports to {@code findings}. */
  public Validity(Findings findings) {
    super(findings);
  }

  @Override
  public void proposed(Life life, Value value) {
    proposed.add(value);
    if (proposed.size() > PROPOSALS) {
      proposedBefore = proposed; // what is older is decided or lost
      proposed = new HashSet<>();
    }
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    Value known = judged.get(instance.number());
    if (value == known || value.kind() == Value.Kind.SKIP || value.equals(known)) {
      return;
    }
    judged.put(instance.number(), value);
    if (!proposed.contains(value) && !proposedBefore.contains(value)) {
      violated(
          life + " delivered " + value + " at instance " + instance, "nobody proposed that value");
    }
  }

  @Override
  public void invoked(Command command) {
    invoked.put(command.origin(), Math.max(command.sequence(), invoked.get(command.origin())));
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    if (command.sequence() > invoked.get(command.origin())) {
      violated(
          life + " applied " + command + " at instance " + instance,
          "its client has handed in no more than #" + invoked.get(command.origin()));
    }
  }
}

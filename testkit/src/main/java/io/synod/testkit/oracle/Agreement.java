package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Uniform agreement: no two processes, in any of their lives, deliver different values for one
 * instance.
 */
public final class Agreement extends Oracle {
  private final Long2ObjectHashMap<Delivered> first = new Long2ObjectHashMap<>();

  /** Reports to {@code findings}. */
  public Agreement(Findings findings) {
    super(findings);
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    Delivered known = first.get(instance.number());
    if (known == null) {
      first.put(instance.number(), new Delivered(life, value));
    } else if (!known.value.equals(value)) {
      violated(
          known.life + " delivered " + known.value + " at instance " + instance,
          life + " delivered " + value + " there");
    }
  }

  private record Delivered(Life life, Value value) {}
}

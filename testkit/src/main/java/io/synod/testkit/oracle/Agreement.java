package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.model.Value;

/**
 * Uniform agreement: no two processes, in any of their lives, decide or deliver different values
 * for one instance.
 */
public final class Agreement extends Oracle {
  private static final int INSTANCES = 1 << 17;

  private final Recent<Delivered> first = new Recent<>(INSTANCES);

  /** Reports to {@code findings}. */
  public Agreement(Findings findings) {
    super(findings);
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    if (event instanceof LayerEvent.Decided decided) {
      judge(life, decided.instance(), decided.value());
    }
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    judge(life, instance, value);
  }

  private void judge(Life life, InstanceId instance, Value value) {
    Delivered known = first.get(instance.number());
    if (known == null) {
      first.put(instance.number(), new Delivered(life, value));
    } else if (known.value != value && !known.value.equals(value)) {
      violated(
          known.life + " took " + known.value + " for decided at instance " + instance,
          life + " took " + value + " for decided there");
    }
  }

  private record Delivered(Life life, Value value) {}
}

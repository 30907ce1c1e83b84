package io.synod.testkit.oracle;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.util.Optional;

/** Reads what a value of the log says about configurations; the one place that decodes it. */
@FunctionalInterface
public interface Reconfigurations {
  /** The era that this value makes once it is chosen with its prefix; empty for other values. */
  Optional<Made> madeBy(Value value);

  /** For logs that change no configuration. */
  static Reconfigurations none() {
    return value -> Optional.empty();
  }

  /** As the product writes them into the log. */
  static Reconfigurations inLog() {
    return value -> {
      if (value.kind() != Value.Kind.RECONFIGURE) {
        return Optional.empty();
      }
      Reconfigure change = Reconfigure.decode(value);
      return Optional.of(new Made(change.makes(), change.configuration()));
    };
  }

  /** An era and its configuration. */
  record Made(Era era, Configuration configuration) {}
}

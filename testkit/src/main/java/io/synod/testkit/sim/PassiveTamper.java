package io.synod.testkit.sim;

import io.synod.api.passive.View;
import io.synod.register.leased.LeaseTimes;
import java.util.function.UnaryOperator;

/**
 * What one life of a node does wrong at passive acceptors; nothing, unless it is sabotaged.
 *
 * @param views what it makes of what it reads
 * @param readsFirst whether it reads before it writes
 * @param times what it takes for the times of a lease for writing
 */
record PassiveTamper(
    UnaryOperator<View> views, boolean readsFirst, UnaryOperator<LeaseTimes> times) {
  static final PassiveTamper NONE =
      new PassiveTamper(UnaryOperator.identity(), false, UnaryOperator.identity());
}

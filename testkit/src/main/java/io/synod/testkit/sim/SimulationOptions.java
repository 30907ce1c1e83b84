package io.synod.testkit.sim;

import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.trace.TraceEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * All settings of a run with their defaults. Written to only by {@link #with}, on a copy that
 * nobody else has seen: a new option is one field here and one method in {@link Simulation}.
 */
final class SimulationOptions implements Cloneable {
  final Variant variant;
  Function<Variant, NodeProcess.Factory> processes = CoreProcess::factory;
  Supplier<MessageCodec> codec = KryoCodec::new;
  long seed = 1;
  int nodes;
  double seconds = 10;
  Set<FaultKind> faults = EnumSet.allOf(FaultKind.class);
  boolean reconfigure;
  int clients = 3;
  long thinkNanos = 20 * World.MILLI;
  List<Observer> observers = List.of();
  IntFunction<Application> application = KeyValueHistory::application;
  Set<String> onlyFaults;
  Consumer<TraceEvent> trace;
  Script script;
  boolean restarts = true;

  SimulationOptions(Variant variant) {
    this.variant = variant;
  }

  /** Whether the fault of that name is wanted. */
  boolean injects(String name) {
    return onlyFaults == null || onlyFaults.contains(name);
  }

  /** A copy, changed. */
  SimulationOptions with(Consumer<SimulationOptions> change) {
    try {
      SimulationOptions copy = (SimulationOptions) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("it is cloneable", e);
    }
  }
}

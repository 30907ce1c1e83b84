package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.ReadMode;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * Linearizability of a counter. The count that each command and each read answers is its place in
 * one total order, so that only real time is left to check: whatever is invoked after an answer
 * has its place after that answer, and nothing answered was not yet invoked. Reads under a lease
 * are judged as the others are, for as long as the clocks keep the bound that leases rely on.
 */
public final class Linearizability extends Oracle {
  private static final long NEVER = -1;

  private final Map<Command, Long> floors = new HashMap<>();
  private final Long2LongHashMap readFloors = new Long2LongHashMap(NEVER);
  private long answered;
  private Command lastCommand;
  private long lastRead;
  private long appliedMost;
  private boolean boundBroken;

  /** Reports to {@code findings}. */
  public Linearizability(Findings findings) {
    super(findings);
  }

  @Override
  public void invoked(Command command) {
    floors.put(command, answered);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    appliedMost = Math.max(appliedMost, step.count());
    Long floor = floors.get(command);
    if (floor != null && step.count() <= floor) {
      violated(
          "count " + floor + " had been answered before " + command + " was handed in",
          life + " applied it as number " + step.count() + " at instance " + instance);
    }
  }

  @Override
  public void acknowledged(Command command, InstanceId instance, long count) {
    floors.remove(command);
    raise(count, command, 0);
  }

  @Override
  public void clocksBreakBound() {
    boundBroken = true;
  }

  @Override
  public void readInvoked(long request, ReadMode mode) {
    readFloors.put(request, answered);
  }

  @Override
  public void readAnswered(long request, ReadMode mode, long count) {
    long floor = readFloors.remove(request);
    if (floor == NEVER) {
      return;
    }
    if (count < floor && !(mode == ReadMode.LEASE && boundBroken)) {
      violated(
          "count " + floor + " had been answered before read " + request + " was asked (the highest"
              + " answer by now is that of " + highest() + ")",
          "the read, " + mode + ", answered " + count);
    } else if (count > appliedMost) {
      violated("read " + request + " answered " + count, "only " + appliedMost + " were applied");
    }
    raise(count, null, request);
  }

  private void raise(long count, Command command, long request) {
    if (count > answered) {
      answered = count;
      lastCommand = command;
      lastRead = request;
    }
  }

  private String highest() {
    return lastCommand == null ? "read " + lastRead : lastCommand.toString();
  }
}

package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Exactly once: along the log, the commands of a session take effect in the order of their
 * sequence numbers, without a gap and without a copy; those of a submitting node in order,
 * without a copy.
 */
public final class ExactlyOnce extends Oracle {
  private final Long2ObjectHashMap<Command> byCount = new Long2ObjectHashMap<>();
  private final Long2LongHashMap lastOf = new Long2LongHashMap(0);

  /** Reports to {@code findings}. */
  public ExactlyOnce(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    Command known = byCount.get(step.count());
    if (known == null) {
      byCount.put(step.count(), command);
      first(life, instance, command);
    } else if (!known.equals(command)) {
      violated(
          "command number " + step.count() + " of the log is " + known,
          life + " applied " + command + " as that number, at instance " + instance);
    }
  }

  private void first(Life life, InstanceId instance, Command command) {
    long last = lastOf.get(command.origin());
    boolean fits = command.session()
        ? command.sequence() == last + 1
        : command.sequence() > last;
    if (!fits) {
      violated(
          "the last command of that origin to take effect was #" + last,
          life + " then applied " + command + " at instance " + instance);
    }
    lastOf.put(command.origin(), Math.max(last, command.sequence()));
  }
}

package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import org.agrona.collections.Long2LongHashMap;

/**
 * Exactly once: along the log, the commands of a session take effect in the order of their
 * sequence numbers, without a gap and without a copy; those of a submitting node in order,
 * without a copy.
 */
public final class ExactlyOnce extends Oracle {
  private static final int COMMANDS = 1 << 18;

  private final Recent<Command> byCount = new Recent<>(COMMANDS);
  private final Long2LongHashMap lastOf = new Long2LongHashMap(0);
  private long last;

  /** Reports to {@code findings}. */
  public ExactlyOnce(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    Command known = byCount.get(step.count());
    if (known == null && step.count() > last) {
      judgeNoGap(life, step.count());
      last = step.count();
      byCount.put(last, command);
      first(life, instance, command);
    } else if (known == null) {
      return; // so far behind that it is no longer known
    } else if (!known.equals(command)) {
      violated(
          "command number " + step.count() + " of the log is " + known,
          life + " applied " + command + " as that number, at instance " + instance);
    }
  }

  private void judgeNoGap(Life life, long count) {
    if (count > last + 1) {
      violated(
          "nobody has applied more than " + last + " commands",
          life + " went on to command number " + count);
    }
  }

  private void first(Life life, InstanceId instance, Command command) {
    long before = lastOf.get(command.origin());
    boolean fits = command.session()
        ? command.sequence() == before + 1
        : command.sequence() > before;
    if (!fits) {
      violated(
          "the last command of that origin to take effect was #" + before,
          life + " then applied " + command + " at instance " + instance);
    }
    lastOf.put(command.origin(), Math.max(before, command.sequence()));
  }
}

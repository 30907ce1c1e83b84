package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Every acknowledged command has taken effect as the acknowledgement said, and is in the final
 * state of every live node.
 */
public final class Durability extends Oracle {
  private static final long UNKNOWN = -1;

  private final Long2ObjectHashMap<Command> byCount = new Long2ObjectHashMap<>();
  private final Long2LongHashMap digests = new Long2LongHashMap(UNKNOWN);
  private long acknowledged;
  private Command lastAcknowledged;

  /** Reports to {@code findings}. */
  public Durability(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    if (byCount.put(step.count(), command) == null) {
      digests.put(step.count(), step.digest() & Long.MAX_VALUE);
    }
  }

  @Override
  public void acknowledged(Command command, InstanceId instance, long count) {
    Command there = byCount.get(count);
    if (!command.equals(there)) {
      violated(
          command + " was acknowledged as number " + count + " at instance " + instance,
          there == null ? "nobody has applied that number" : "that number is " + there);
    }
    if (count > acknowledged) {
      acknowledged = count;
      lastAcknowledged = command;
    }
  }

  @Override
  public void ended(List<Replica> replicas) {
    for (Replica replica : replicas) {
      judge(replica);
    }
  }

  private void judge(Replica replica) {
    long count = replica.count();
    if (count < acknowledged) {
      violated(
          lastAcknowledged + " was acknowledged as number " + acknowledged,
          replica.life() + " ended with " + count + " commands");
    } else if (count > 0 && digests.get(count) != (replica.digest() & Long.MAX_VALUE)) {
      violated(
          "the first " + count + " commands of the log have digest " + digests.get(count),
          replica.life() + " ended with digest " + (replica.digest() & Long.MAX_VALUE));
    }
  }
}

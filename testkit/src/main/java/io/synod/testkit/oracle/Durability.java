package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.ReadMode;
import java.util.List;

/**
 * Every acknowledged command has taken effect as the acknowledgement said, in an instance up to
 * the one named, and is in the final state of every live node; so is everything that a read has
 * shown to a client.
 */
public final class Durability extends Oracle {
  private static final int COMMANDS = 1 << 18;

  private final Recent<Applied> byCount = new Recent<>(COMMANDS);
  private long oldest = 1;
  private long promised;
  private String promise = "";

  /** Reports to {@code findings}. */
  public Durability(Findings findings) {
    super(findings);
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    if (byCount.get(step.count()) == null) {
      byCount.put(step.count(), new Applied(command, instance, step.digest()));
      oldest = Math.max(oldest, step.count() - COMMANDS + 1);
    }
  }

  @Override
  public void acknowledged(Command command, InstanceId instance, long count) {
    Applied there = byCount.get(count);
    String claim =
        command + " was acknowledged as number " + count + " at instance " + instance;
    if (there == null ? count >= oldest : !command.equals(there.command)) {
      violated(claim, there == null
          ? "nobody has applied that number" : "that number is " + there.command);
    } else if (there != null && instance.before(there.instance)) {
      violated(claim, "it took effect at instance " + there.instance);
    }
    if (count > promised) {
      promised = count;
      promise = claim;
    }
  }

  @Override
  public void readAnswered(long request, ReadMode mode, long count) {
    if (count > promised) {
      promised = count;
      promise = "read " + request + " showed " + count + " commands";
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
    Applied last = byCount.get(count);
    if (count < promised) {
      violated(promise, replica.life() + " ended with " + count + " commands");
    } else if (count > 0 && (last == null || last.digest != replica.digest())) {
      violated(
          last == null ? "nobody has applied command number " + count
              : "the first " + count + " commands of the log have digest " + last.digest,
          replica.life() + " ended with digest " + replica.digest());
    }
  }

  private record Applied(Command command, InstanceId instance, long digest) {}
}

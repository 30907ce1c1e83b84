package io.synod.testkit.oracle;

import io.synod.api.model.InstanceId;
import java.util.HashSet;
import java.util.Set;

/** A refusal means "certainly not done": a rejected command never takes effect, before or after. */
public final class RejectedNotDone extends Oracle {
  private final Set<Command> rejected = new HashSet<>();
  private final Set<Command> applied = new HashSet<>();

  /** Reports to {@code findings}. */
  public RejectedNotDone(Findings findings) {
    super(findings);
  }

  @Override
  public void rejected(Command command) {
    rejected.add(command);
    if (applied.contains(command)) {
      violated(command + " took effect", "its client was told that it was rejected");
    }
  }

  @Override
  public void applied(Life life, InstanceId instance, Command command, Step step) {
    if (command.session()) {
      return;
    }
    applied.add(command);
    if (rejected.contains(command)) {
      violated(
          "the client of " + command + " was told that it was rejected",
          life + " applied it at instance " + instance);
    }
  }
}

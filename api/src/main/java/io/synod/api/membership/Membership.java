package io.synod.api.membership;

import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Changes of members while the service runs. Any node takes them: who does not lead asks the
 * leader, and asks the next one if that fails. Any thread; never blocks; stages and progress come
 * on the executor that the node was built with.
 */
public interface Membership {
  /** Who takes part, as far as this node knows. */
  CompletionStage<MembershipStatus> status();

  /** What a change would do and whether it would be refused; changes nothing. */
  CompletionStage<Plan> plan(Change change);

  /**
   * Changes the configuration in force, as a compare-and-set on its era: new members catch up
   * first, then the log makes the next era, then it is waited for until it is active. Asking again
   * for what has been made already is answered like the first time.
   *
   * @param progress hears a sentence for people whenever something has changed
   * @return {@link ChangeOutcome.Active} when it is safe to stop those who left; any other outcome
   *     leaves the configuration in force as it is, or says that it does not know
   */
  CompletionStage<ChangeOutcome> change(Change change, Consumer<String> progress);

  /** As {@link #change(Change, Consumer)}, refused unless {@code expected} is in force. */
  CompletionStage<ChangeOutcome> change(Era expected, Change change, Consumer<String> progress);

  /**
   * Hands leadership to an acceptor of the era in force.
   *
   * @return who leads then; fails with an IllegalArgumentException if {@code to} may not lead, and
   *     with an IllegalStateException if it does not lead in time
   */
  CompletionStage<NodeId> transferLeadership(NodeId to);
}

package io.synod.api.message;

import io.synod.api.membership.ChangeOutcome;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import java.util.Optional;

/**
 * How processes tell each other which era is active, and ask the leader for the next one.
 *
 * <pre>
 * anybody --- EraActive ---&gt; whoever is behind, a member of older eras only included
 * asked   --- AskChange --&gt; leader --- ChangeNews ---&gt; (again and again, until the outcome)
 * </pre>
 */
public sealed interface ReconfigMessage extends Message {
  /** Era {@code era} is active: a write quorum of it stored a 1c and holds what lies below. */
  record EraActive(Era era, Configuration configuration) implements ReconfigMessage {}

  /**
   * Asks for a change that follows {@code expected}; sent again until its outcome is known.
   *
   * @param number tells the requests of one sender apart
   */
  record AskChange(long number, Era expected, Configuration wanted) implements ReconfigMessage {}

  /** What that change is doing, for people, and what became of it. */
  record ChangeNews(long number, String doing, Optional<ChangeOutcome> outcome)
      implements ReconfigMessage {}
}

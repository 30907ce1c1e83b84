package io.synod.api.message;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;

/**
 * How processes tell each other which era is active. Anybody may tell; whoever is behind, a member
 * of older eras only included, is told by whom it meets.
 */
public sealed interface ReconfigMessage extends Message {
  /** Era {@code era} is active: a write quorum of it stored a 1c and holds what lies below. */
  record EraActive(Era era, Configuration configuration) implements ReconfigMessage {}
}

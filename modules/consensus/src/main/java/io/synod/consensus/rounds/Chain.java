package io.synod.consensus.rounds;

import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.reconfig.Authority;
import java.util.Optional;

/**
 * The chain of eras that may have voted, as far as a new leader can see: each is read before the
 * ballot opens.
 */
final class Chain {
  private Chain() {}

  /** The next era to be read. */
  record Link(Era era, Configuration configuration) {}

  /**
   * What follows {@code read}, the highest era read so far: an active era not read yet, or the next
   * era as long as it was made, or a vote holds the Reconfigure that makes it, since that era may
   * have voted as well.
   */
  static Optional<Link> after(
      Era read, Authority authority, SafeValues safe, InstanceId undecided) {
    if (read.compareTo(authority.active()) < 0) {
      return link(authority.active(), authority);
    }
    if (read.compareTo(authority.made()) < 0) {
      return link(read.next(), authority);
    }
    return safe.change(read, undecided)
        .map(change -> new Link(change.makes(), change.configuration()));
  }

  private static Optional<Link> link(Era era, Authority authority) {
    return Optional.of(new Link(era, authority.configuration(era)));
  }
}

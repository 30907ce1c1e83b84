package io.synod.rules.bad.consensus;

import io.synod.rules.bad.election.Leader;

final class ReachesElection {
  Leader beside() {
    return new Leader();
  }
}

package io.synod.rules.bad.quorum;

import io.synod.rules.bad.runtime.Rim;

final class ReachesUp {
  Rim up() {
    return new Rim();
  }
}

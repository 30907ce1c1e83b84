package io.synod.rules.bad.election;

import io.synod.rules.bad.runtime.Rim;

final class ReachesUp {
  Rim up() {
    return new Rim();
  }
}

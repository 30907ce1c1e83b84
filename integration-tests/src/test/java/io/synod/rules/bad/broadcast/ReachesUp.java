package io.synod.rules.bad.broadcast;

import io.synod.rules.bad.runtime.Rim;

final class ReachesUp {
  Rim up() {
    return new Rim();
  }
}

package io.synod.rules.bad.reconfig;

import io.synod.rules.bad.runtime.Rim;

final class ReachesUp {
  Rim up() {
    return new Rim();
  }
}

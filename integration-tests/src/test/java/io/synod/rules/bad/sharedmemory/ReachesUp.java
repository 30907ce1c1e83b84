package io.synod.rules.bad.sharedmemory;

import io.synod.rules.bad.runtime.Rim;

final class ReachesUp {
  Rim up() {
    return new Rim();
  }
}

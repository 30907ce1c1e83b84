package io.synod.benchmarks.ratis;

import io.synod.server.bench.MovingSystem;
import java.io.IOException;
import java.nio.file.Path;

/** Offers Apache Ratis, over gRPC, with its default settings. */
public final class RatisProvider implements MovingSystem.Provider {
  @Override
  public String name() {
    return "ratis";
  }

  @Override
  public MovingSystem start(int voters, Path directory) throws IOException {
    return MovingRatis.start(voters, directory);
  }
}

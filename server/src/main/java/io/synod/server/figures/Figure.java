package io.synod.server.figures;

import java.io.IOException;
import java.util.List;

/** A figure of the paper that can be measured anew. */
interface Figure {
  /** Its number in the paper. */
  int number();

  /** Measures it; blocks until done. */
  List<Plot> measure(Lab lab) throws IOException, InterruptedException;

  /** All of them. */
  static List<Figure> all() {
    return List.of(new RegularAgainstFast(), new ConcurrentAgainstConsecutive(),
        new BestThroughput(), new ForcedLogs(), new RecoveryTime());
  }
}

package io.synod.quorum;

import io.synod.api.model.NodeId;
import java.util.List;
import java.util.Set;

/**
 * The acceptors in rows, as even as can be: one of each row reads, a whole row writes. The two meet
 * in that row.
 */
final class GridQuorums extends WatermarkQuorums {
  private final int rows;

  GridQuorums(List<NodeId> acceptors, int rows) {
    super(acceptors);
    this.rows = rows;
  }

  private int start(int row) {
    return row * acceptors().size() / rows;
  }

  private List<NodeId> row(int row) {
    return acceptors().subList(start(row), start(row + 1));
  }

  @Override
  public boolean isReadQuorum(Set<NodeId> answered) {
    for (int row = 0; row < rows; row++) {
      if (Acceptors.countIn(row(row), answered) == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isWriteQuorum(Set<NodeId> voted) {
    for (int row = 0; row < rows; row++) {
      if (voted.containsAll(row(row))) {
        return true;
      }
    }
    return false;
  }

  @Override
  boolean hasReached(long[] reached, long mark) {
    for (int row = 0; row < rows; row++) {
      if (allReached(reached, mark, row)) {
        return true;
      }
    }
    return false;
  }

  private boolean allReached(long[] reached, long mark, int row) {
    for (int i = start(row); i < start(row + 1); i++) {
      if (reached[i] < mark) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "one of each row read, a row writes, in " + rows + " rows of " + acceptors();
  }
}

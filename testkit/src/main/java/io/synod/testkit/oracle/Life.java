package io.synod.testkit.oracle;

import io.synod.api.model.Incarnation;
import io.synod.api.model.NodeId;

/**
 * One run of a node, from a start to a crash.
 *
 * @param number counts the starts of this node in the run, from 1
 * @param stable whether its votes survive a restart
 */
public record Life(NodeId node, Incarnation incarnation, int number, boolean stable) {
  @Override
  public String toString() {
    return node + " (start " + number + ")";
  }
}

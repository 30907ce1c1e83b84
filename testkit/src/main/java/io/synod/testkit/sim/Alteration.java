package io.synod.testkit.sim;

/**
 * Changes what the nodes of a run are put together from, such as a rule that one of them is to
 * break. Called on the run's thread at the start of each life of each node, before its journal is
 * replayed; what one life must remember belongs into the objects that the call makes.
 */
@FunctionalInterface
public interface Alteration {
  /** Changes nothing. */
  Alteration NONE = parts -> parts;

  /** Other parts in place of these. */
  NodeParts apply(NodeParts parts);
}

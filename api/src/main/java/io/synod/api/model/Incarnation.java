package io.synod.api.model;

/**
 * Names one store of a process: drawn when the store is created, so that a wiped or restored
 * disk is told from the one that made promises. 0 stands in a configuration file's members for
 * "whichever store is the first under this id".
 */
public record Incarnation(long number) {
  /** In a member of era 0: the first store under that id. */
  public static final Incarnation FOUNDING = new Incarnation(0);

  @Override
  public String toString() {
    return Long.toHexString(number);
  }
}

package io.synod.testkit.sim;

/** Why a node is down, as its operator sees it. */
enum Stop {
  /** It crashed: it is started again. */
  CRASHED,
  /** It stopped because its disk refused a write, a force or a read: it is started again. */
  STORAGE_FAILED,
  /** It does not start, because what is on its disk is damaged. */
  DAMAGED,
  /** Its peers know another store under its id. */
  REFUSED
}

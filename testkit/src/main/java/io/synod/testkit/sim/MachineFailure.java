package io.synod.testkit.sim;

/** The state machine under test threw; its node cannot go on. */
final class MachineFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code during} says what it was asked to do. */
  MachineFailure(String during, Throwable thrown) {
    super(during, thrown);
  }
}

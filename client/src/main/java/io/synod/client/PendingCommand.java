package io.synod.client;

import io.synod.api.replication.Outcome;

/** A command on its way. */
final class PendingCommand extends Pending<Outcome> {
  private final byte[] command;
  private int sends;
  private boolean answered;

  PendingCommand(byte[] command, long deadline) {
    super(deadline);
    this.command = command;
  }

  @Override
  void deliver(ClientCore core, long now) {
    core.submit(this);
  }

  @Override
  void refuseAsClosed(ClientCore core) {
    core.settle(this, new Outcome.Rejected(Outcome.Rejected.Reason.CLOSED, ClientCore.CLOSED));
  }

  byte[] command() {
    return command;
  }

  void sent() {
    sends++;
  }

  /** Whether a copy other than the one on the current connection may be on its way. */
  boolean sentBefore() {
    return sends > 1;
  }

  void forgetSends() {
    sends = 0;
  }

  void answered(boolean value) {
    answered = value;
  }

  boolean answered() {
    return answered;
  }
}

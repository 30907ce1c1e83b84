package io.synod.testkit.oracle;

import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;

/**
 * No message claims more than is chosen: watermarks of decisions stay at or below what write
 * quorums have voted for, and so do snapshots; decisions handed to a peer are the chosen values.
 */
public final class DecidedIsChosen extends Oracle {
  private final BallotLedger ledger;

  /** Reports to {@code findings}, comparing with {@code ledger}. */
  public DecidedIsChosen(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    InstanceId claimed = claimed(message);
    if (claimed != null && !ledger.isChosen(claimed)) {
      violated(
          from + " said in " + message.getClass().getSimpleName() + " that all up to " + claimed
              + " is decided",
          "write quorums have voted only up to " + ledger.chosenUpTo());
    }
    if (message instanceof BroadcastMessage.Decisions decisions) {
      compare(from, decisions);
    }
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    compare(life, instance.number(), value);
  }

  @Override
  public void restored(Life life, InstanceId last) {
    judgeSnapshot(life, "restored", last);
  }

  @Override
  public void installed(Life life, InstanceId last) {
    judgeSnapshot(life, "installed", last);
  }

  private void judgeSnapshot(Life life, String how, InstanceId last) {
    if (!ledger.isChosen(last)) {
      violated(
          life + " " + how + " a snapshot as of " + last,
          "write quorums have voted only up to " + ledger.chosenUpTo());
    }
  }

  private static InstanceId claimed(Message message) {
    if (message instanceof RegisterMessage.Accept accept) {
      return accept.decided();
    } else if (message instanceof BroadcastMessage.Decided decided) {
      return decided.upTo();
    } else if (message instanceof BroadcastMessage.Progress progress) {
      return progress.decided();
    } else if (message instanceof BroadcastMessage.Decisions decisions) {
      return decisions.decided();
    } else if (message instanceof BroadcastMessage.SnapshotOffer offer) {
      return offer.last();
    } else if (message instanceof RegisterMessage.Promise promise) {
      return promise.floor().equals(InstanceId.NONE) ? null : promise.floor().plus(-1);
    }
    return null;
  }

  private void compare(Life from, BroadcastMessage.Decisions decisions) {
    for (int i = 0; i < decisions.values().size(); i++) {
      compare(from, decisions.first().number() + i, decisions.values().get(i));
    }
  }

  private void compare(Life life, long instance, Value value) {
    Value chosen = ledger.chosen(instance);
    if (chosen == null) {
      if (instance > ledger.chosenUpTo()) {
        violated(
            life + " took " + value + " for decided at instance " + instance,
            "write quorums have voted only up to " + ledger.chosenUpTo());
      }
    } else if (chosen != value && !chosen.equals(value)) {
      violated(
          chosen + " was chosen at instance " + instance,
          life + " took " + value + " for decided there");
    }
  }
}

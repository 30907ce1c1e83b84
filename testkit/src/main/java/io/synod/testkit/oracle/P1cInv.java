package io.synod.testkit.oracle;

import io.synod.api.model.Ballot;
import io.synod.api.model.Value;

/**
 * P1cInv: what a 1c declares safe is safe, for all instances at once. Below {@code low} everything
 * is chosen. From there on, no lower ballot has chosen, or can still choose, another value than
 * the one of the window; where the window says nothing (every value is safe), none at all.
 *
 * <p>What a ballot c can still choose follows from messages that were sent: an acceptor that has
 * answered in a higher ballot votes no more in c, so a value is excluded as soon as no write
 * quorum consists of acceptors that voted for it and acceptors that have not left c. A 1c of a
 * lower ballot that comes late must find its own ballot dead. (A ballot that is over without
 * knowing it may still propose; nobody will choose that.)
 */
public final class P1cInv extends Oracle implements ProposalWatcher {
  private final BallotLedger ledger;

  /** Reports to {@code findings} what {@code ledger} shows. */
  public P1cInv(Findings findings, BallotLedger ledger) {
    super(findings);
    this.ledger = ledger;
    ledger.watch(this);
  }

  @Override
  public void safe(BallotView view) {
    if (!ledger.isChosen(view.oneC().low().plus(-1))) {
      violated(
          "the 1c of ballot " + view.ballot() + " says that all below " + view.low()
              + " is chosen",
          "a write quorum has voted only up to " + ledger.chosenUpTo());
    }
    judgeChosen(view);
    for (BallotView lower : ledger.open()) {
      if (lower.ballot().before(view.ballot())) {
        judgeChoosable(view, lower);
      }
    }
    judgeLate(view);
  }

  private void judgeChosen(BallotView view) {
    for (long i = view.low(); i <= ledger.chosenUpTo(); i++) {
      Value chosen = ledger.chosenBelow(view.ballot(), i);
      if (chosen != null && !chosen.equals(view.safe(i))) {
        violated(chosen + " was chosen at instance " + i, declared(view, i));
        return;
      }
    }
  }

  private void judgeChoosable(BallotView view, BallotView lower) {
    if (lower.choosableUpTo() == BallotView.UNBOUNDED) {
      violated(open(lower), declared(view, Math.max(view.low(), lower.low())));
      return;
    }
    long first = Math.max(lower.chosenUpTo() + 1, Math.max(view.low(), lower.low()));
    for (long i = first; i <= lower.choosableUpTo(); i++) {
      Value other = lower.value(i);
      if (other != null && !other.equals(view.safe(i))) {
        violated(
            "ballot " + lower.ballot() + " can still choose " + other + " at instance " + i,
            declared(view, i));
        return;
      }
    }
  }

  private void judgeLate(BallotView view) {
    if (view.choosableUpTo() != BallotView.UNBOUNDED) {
      return;
    }
    ledger.above(view.ballot()).stream().findFirst().ifPresent(higher -> violated(
        declared(higher, Math.max(view.low(), higher.low())), open(view)));
  }

  @Override
  public void proposed(Ballot ballot, long instance, Value value) {
    Value chosen = ledger.chosenBelow(ballot, instance);
    if (chosen != null && chosen != value && !chosen.equals(value)) {
      violated(
          chosen + " was chosen at instance " + instance,
          "ballot " + ballot + " then took " + value + " for safe there");
    }
  }

  private static String open(BallotView lower) {
    return "ballot " + lower.ballot() + " can still choose any value from instance "
        + lower.low() + " on: acceptors that have not left it form a write quorum";
  }

  private static String declared(BallotView view, long instance) {
    Value safe = view.safe(instance);
    return "the 1c of ballot " + view.ballot() + " declares " + (safe == null ? "any value" : safe)
        + " safe at instance " + instance;
  }
}

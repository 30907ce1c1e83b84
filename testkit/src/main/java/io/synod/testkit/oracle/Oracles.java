package io.synod.testkit.oracle;

import java.util.List;

/** All oracles over one ledger, in the order in which they must see an event. */
public final class Oracles {
  private Oracles() {}

  /** The default set, with the ledger in its place. */
  public static List<Observer> all(Findings findings, BallotLedger ledger) {
    return List.of(
        new DurableBeforeAnswer(findings, ledger),
        new VotesBehindAck(findings, ledger),
        new BallotOfOneLife(findings),
        new PromiseNeverFalls(findings),
        new VoteWithinPromise(findings),
        new PromiseReportsVotes(findings),
        new OneValuePerBallot(findings, ledger),
        new ProposedAfterOneC(findings, ledger),
        new SafeAtOneC(findings, ledger),
        new ChosenOnce(findings, ledger),
        ledger,
        new DecidedIsChosen(findings, ledger),
        new Agreement(findings),
        new Validity(findings),
        new TotalOrder(findings),
        new ReplicaDeterminism(findings),
        new ExactlyOnce(findings),
        new RejectedNotDone(findings),
        new Linearizability(findings),
        new Durability(findings));
  }
}

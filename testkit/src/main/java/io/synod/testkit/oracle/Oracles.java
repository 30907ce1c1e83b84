package io.synod.testkit.oracle;

import io.synod.api.model.QuorumSystem;
import java.util.ArrayList;
import java.util.List;

/** All oracles over one ledger, in the order in which they must see an event. */
public final class Oracles {
  private Oracles() {}

  /**
   * The default set, with the ledger in its place.
   *
   * @param founding the quorums of the first era
   */
  public static List<Observer> all(
      Findings findings, BallotLedger ledger, QuorumSystem founding) {
    List<Observer> all = new ArrayList<>();
    addPcon(all, findings, ledger);
    addEras(all, findings, new EraLedger(ledger, Reconfigurations.inLog()));
    all.add(ledger);
    all.add(new DecidedIsChosen(findings, ledger));
    addLayers(all, findings, ledger, ReadWriteCommit.readsMeet(founding));
    addClients(all, findings);
    return List.copyOf(all);
  }

  /** Acceptors and ballots: Lamport's PCon. */
  private static void addPcon(List<Observer> all, Findings findings, BallotLedger ledger) {
    AcceptorLedger acceptors = new AcceptorLedger();
    all.add(new DurableBeforeAnswer(findings, ledger));
    all.add(new VotesBehindAck(findings, ledger));
    all.add(new BallotOfOneLife(findings));
    all.add(new PAccInv(findings, acceptors));
    all.add(acceptors);
    all.add(new P1bInv(findings, acceptors, ledger));
    all.add(new P1cInv(findings, ledger));
    all.add(new P2aInv(findings, ledger));
    all.add(new OneValuePerBallot(findings, ledger));
    all.add(new ChosenOnce(findings, ledger));
  }

  /** The rules of reconfiguration. */
  private static void addEras(List<Observer> all, Findings findings, EraLedger eras) {
    all.add(new FloorFromOneC(findings, eras.ballots()));
    all.add(new ClosedBeforeNext(findings, eras.ballots()));
    all.add(new BlankSilent(findings, eras));
    all.add(eras);
    all.add(new RegisteredFirst(findings, eras));
    all.add(new WindowInherits(findings, eras));
    all.add(new EraChosenWithPrefix(findings, eras));
    all.add(new KnownFromBelow(findings, eras));
    all.add(new ChainRead(findings, eras));
    all.add(new NoLowerThanAdopted(findings, eras));
    all.add(new NoStaleEra(findings, eras));
  }

  /** Register, consensus, election and total order broadcast, at their interfaces. */
  private static void addLayers(
      List<Observer> all, Findings findings, BallotLedger ledger, boolean readsMeet) {
    RegisterLedger registers = new RegisterLedger();
    LeaderLedger leaders = new LeaderLedger();
    all.add(new ReadWriteAbort(findings, registers));
    all.add(new ReadWriteCommit(findings, registers, readsMeet));
    all.add(registers);
    all.add(new ReadCommit(findings, registers));
    all.add(new WriteCommit(findings, registers));
    all.add(new Validity(findings));
    all.add(new Agreement(findings));
    all.add(new Termination(findings, ledger));
    all.add(leaders);
    all.add(new EventuallyOneLeader(findings, leaders));
    all.add(new StableWhileHealthy(findings, leaders));
    all.add(new OneLeaseholder(findings));
    all.add(new QuietWhenIdle(findings));
    all.add(new TotalOrder(findings));
  }

  /** What clients and their state machines see. */
  private static void addClients(List<Observer> all, Findings findings) {
    all.add(new ReplicaDeterminism(findings));
    all.add(new ExactlyOnce(findings));
    all.add(new RejectedNotDone(findings));
    all.add(new Linearizability(findings));
    all.add(new Durability(findings));
  }
}

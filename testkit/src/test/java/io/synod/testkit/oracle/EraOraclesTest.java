package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.L3;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;
import static io.synod.testkit.oracle.Recorded.THREE;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.value;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.testkit.oracle.Reconfigurations.Made;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of reconfiguration, each shown green and red on fabricated runs over two eras. */
class EraOraclesTest {
  private static final Era ONE = Era.ZERO.next();
  private static final Ballot NEXT = LOW.nextInPlace();
  private static final Ballot NEW = new Ballot(2, N2, 0);
  private static final Life L4 = new Life(NodeId.of("n4"), new Incarnation(14), 1, true);
  private static final Life L5 = new Life(NodeId.of("n5"), new Incarnation(15), 1, true);
  private static final Life L6 = new Life(NodeId.of("n6"), new Incarnation(16), 1, true);
  private static final Configuration OTHERS = new Configuration(
      List.of(member(L4), member(L5), member(L6)), "majority");
  private static final Value RECONFIGURE = Value.of(new byte[] {2, 1});

  private final Recorded findings = new Recorded();
  private final BallotLedger ledger = Recorded.ledger();
  private final EraLedger eras = new EraLedger(ledger, value ->
      value.equals(RECONFIGURE) ? Optional.of(new Made(ONE, OTHERS)) : Optional.empty());
  private final Observers all = new Observers(List.of(
      new FloorFromOneC(findings, ledger), new ClosedBeforeNext(findings, ledger),
      new BlankSilent(findings, eras), eras, new WindowInherits(findings, eras),
      new EraChosenWithPrefix(findings, eras), new KnownFromBelow(findings, eras),
      new ChainRead(findings, eras), new NoLowerThanAdopted(findings, eras),
      new NoStaleEra(findings, eras), ledger));

  private static Member member(Life life) {
    Member founding = Member.founding(life.node().name(), "a:1");
    return new Member(life.node(), life.incarnation(), founding.acceptor(), founding.role());
  }

  private void send(Life from, Message message) {
    all.sent(from, N1, message);
  }

  private void oneC(Ballot ballot, Era era, long low, Value... window) {
    send(L1, new Adopt(new OneC(
        ballot, era, era.equals(Era.ZERO) ? THREE : OTHERS, at(low), List.of(window))));
  }

  private void propose(Ballot ballot, long first, Value... values) {
    send(L1, new Accept(ballot, at(first), List.of(values), InstanceId.NONE));
  }

  private void promise(Ballot ballot, Era active, Era adopted, Life... lives) {
    for (Life life : lives) {
      send(life, new Promise(
          ballot, life.incarnation(), false, at(1), at(3), active, adopted, Map.of(),
          List.of()));
    }
  }

  private void stored(Ballot ballot, Life... lives) {
    for (Life life : lives) {
      send(life, new Stored(ballot, life.incarnation(), at(0)));
    }
  }

  private void voted(Ballot ballot, long upTo, Life... lives) {
    for (Life life : lives) {
      send(life, new Accepted(ballot, life.incarnation(), at(upTo)));
    }
  }

  /** Era 0: value 1 and the Reconfigure are chosen in LOW, value 3 is under way. */
  private void eraZero() {
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(LOW, Era.ZERO, 1);
    stored(LOW, L1, L2);
    propose(LOW, 1, value(1), RECONFIGURE, value(3));
    voted(LOW, 2, L1, L2);
  }

  /** The leader of LOW hands over in place. */
  private void eraOne() {
    eraZero();
    oneC(NEXT, ONE, 3, value(3));
    stored(NEXT, L4, L5);
    findings.green();
  }

  @Test
  void aHandOverAndANewLeaderAfterItAreFine() {
    eraOne();
    promise(NEW, ONE, ONE, L4, L5);
    oneC(NEW, ONE, 3, value(3));
    stored(NEW, L4, L6);
    voted(NEW, 3, L4, L6);
    findings.green();
  }

  @Test
  void aNewLeaderThatReadsTheChainIsFine() {
    eraZero();
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3, L5, L6);
    oneC(NEW, Era.ZERO, 1, value(1), RECONFIGURE);
    findings.green();
  }

  @Test
  void aFloorBelowAStored1cIsFound() {
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(LOW, Era.ZERO, 1);
    propose(LOW, 1, value(1), value(2));
    voted(LOW, 2, L1, L2);
    promise(NEW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(NEW, Era.ZERO, 3);
    stored(NEW, L1);
    findings.green();
    send(L1, new Promise(
        new Ballot(3, N1, 0), L1.incarnation(), false, at(1), at(1), Era.ZERO, Era.ZERO, Map.of(),
        List.of()));
    findings.red(FloorFromOneC.class, "reports the floor 1");
  }

  @Test
  void aHandOverThatDropsAProposalIsFound() {
    eraZero();
    oneC(NEXT, ONE, 3);
    findings.red(WindowInherits.class, "at instance 3");
  }

  @Test
  void aHandOverThatDropsASafeValueIsFound() {
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2, L4, L5);
    oneC(LOW, Era.ZERO, 1, value(1), RECONFIGURE, value(3));
    voted(LOW, 2, L1, L2);
    oneC(NEXT, ONE, 3, value(4));
    findings.red(WindowInherits.class, "took " + value(3));
  }

  @Test
  void aProposalAfterTheHandOverIsFound() {
    eraOne();
    propose(LOW, 3, value(3));
    findings.green();
    propose(LOW, 4, value(4));
    findings.red(ClosedBeforeNext.class, "then proposed");
  }

  @Test
  void anEraThatIsNotChosenIsFound() {
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(LOW, Era.ZERO, 1);
    propose(LOW, 1, value(1), RECONFIGURE);
    voted(LOW, 1, L1, L2);
    oneC(NEXT, ONE, 2, RECONFIGURE);
    findings.red(EraChosenWithPrefix.class, "up to 1");
  }

  @Test
  void anEraWithAnotherConfigurationIsFound() {
    eraZero();
    Configuration wrong = new Configuration(List.of(member(L4)), "majority");
    send(L1, new Adopt(new OneC(NEXT, ONE, wrong, at(3), List.of(value(3)))));
    findings.red(EraChosenWithPrefix.class, "instance 2 made it with");
  }

  @Test
  void anEraLearnedFromAboveIsFound() {
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(LOW, Era.ZERO, 1);
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3);
    oneC(NEW, Era.ZERO, 1);
    propose(NEW, 1, value(1), RECONFIGURE);
    voted(NEW, 2, L2, L3);
    findings.green();
    oneC(NEXT, ONE, 3);
    findings.red(KnownFromBelow.class, "no ballot below (1,n1,1)");
  }

  @Test
  void aChainThatIsNotReadIsFound() {
    eraZero();
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3, L5);
    oneC(NEW, Era.ZERO, 1, value(1), RECONFIGURE);
    findings.red(ChainRead.class, "makes era 1");
  }

  @Test
  void aChainThatEndsInTheDecidedPrefixIsFound() {
    eraZero();
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3);
    oneC(NEW, Era.ZERO, 3);
    findings.red(ChainRead.class, "the prefix below 3");
  }

  @Test
  void anEraBelowAnAdoptedOneIsFound() {
    eraZero();
    oneC(NEXT, ONE, 3, value(3));
    promise(NEW, Era.ZERO, ONE, L2, L3);
    promise(NEW, Era.ZERO, Era.ZERO, L4, L5);
    oneC(NEW, Era.ZERO, 1, value(1), RECONFIGURE);
    findings.red(NoLowerThanAdopted.class, "its 1c uses era 0");
  }

  @Test
  void anEraBelowTheActiveOneIsFound() {
    eraOne();
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3, L5, L6);
    oneC(NEW, Era.ZERO, 1, value(1), RECONFIGURE);
    findings.red(NoStaleEra.class, "era 1 is active by ballot (1,n1,1)");
  }

  @Test
  void anEraThatBecomesActiveBelowALowerOneIsFound() {
    eraZero();
    oneC(NEXT, ONE, 3, value(3));
    stored(NEXT, L4);
    promise(NEW, Era.ZERO, Era.ZERO, L2, L3, L5, L6);
    oneC(NEW, Era.ZERO, 1, value(1), RECONFIGURE);
    findings.green();
    stored(NEXT, L5);
    findings.red(NoStaleEra.class, "uses era 0");
  }

  @Test
  void aBlankStoreThatPromisesAsAFounderIsFound() {
    eraZero();
    promise(NEW, Era.ZERO, Era.ZERO, blank(L1));
    findings.green();
    send(blank(L1), new Promise(
        NEW, blank(L1).incarnation(), true, at(1), at(3), Era.ZERO, Era.ZERO, Map.of(),
        List.of()));
    findings.red(BlankSilent.class, "as that of a founder");
  }

  @Test
  void aBlankStoreThatVotesIsFound() {
    eraZero();
    voted(LOW, 1, blank(L1));
    findings.red(BlankSilent.class, "of n1");
  }

  @Test
  void aStoreThatAnswersInTheNameOfAnotherIsFound() {
    send(L1, new Promise(
        LOW, L2.incarnation(), false, at(1), at(1), Era.ZERO, Era.ZERO, Map.of(), List.of()));
    findings.red(BlankSilent.class, "it answered as store");
  }

  @Test
  void aNewStoreThatTheNextEraNamesMaySpeak() {
    promise(LOW, Era.ZERO, Era.ZERO, L4);
    Life again = blank(L4);
    promise(LOW, Era.ZERO, Era.ZERO, L1, L2);
    oneC(LOW, Era.ZERO, 1);
    Configuration renewed = new Configuration(
        List.of(member(again), member(L5), member(L6)), "majority");
    send(L1, new Adopt(new OneC(NEXT, Era.ZERO, renewed, at(1), List.of())));
    stored(NEXT, again);
    promise(NEW, Era.ZERO, Era.ZERO, again);
    findings.green();
    stored(NEXT, L4);
    findings.red(BlankSilent.class, "means the store 63");
  }

  private static Life blank(Life life) {
    return new Life(life.node(), new Incarnation(99), life.number() + 1, life.stable());
  }
}

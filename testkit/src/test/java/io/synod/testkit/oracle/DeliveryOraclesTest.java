package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.L2;
import static io.synod.testkit.oracle.Recorded.at;
import static io.synod.testkit.oracle.Recorded.restarted;
import static io.synod.testkit.oracle.Recorded.value;

import io.synod.api.model.Value;
import org.junit.jupiter.api.Test;

/** The properties of total order broadcast, each shown green and red. */
class DeliveryOraclesTest {
  private final Recorded findings = new Recorded();

  @Test
  void agreementHoldsForEqualValues() {
    Agreement oracle = new Agreement(findings);
    oracle.delivered(L1, at(1), value(1));
    oracle.delivered(L2, at(1), value(1));
    oracle.delivered(L2, at(2), value(2));
    findings.green();
  }

  @Test
  void agreementIsBrokenByTwoValuesAtOneInstance() {
    Agreement oracle = new Agreement(findings);
    oracle.delivered(L1, at(1), value(1));
    oracle.delivered(L2, at(1), value(2));
    findings.red(Agreement.class, "instance 1");
  }

  @Test
  void agreementCountsDeliveriesOfProcessesThatCrashedSince() {
    Agreement oracle = new Agreement(findings);
    oracle.delivered(L1, at(1), value(1));
    oracle.stopped(L1);
    oracle.delivered(restarted(L1), at(1), value(2));
    findings.red(Agreement.class, "start 2");
  }

  @Test
  void validityHoldsForProposalsAndSkips() {
    Validity oracle = new Validity(findings);
    oracle.proposed(L1, value(1));
    oracle.delivered(L2, at(1), value(1));
    oracle.delivered(L2, at(2), Value.SKIP);
    findings.green();
  }

  @Test
  void validityIsBrokenByAValueFromNowhere() {
    Validity oracle = new Validity(findings);
    oracle.delivered(L2, at(1), value(1));
    findings.red(Validity.class, "nobody proposed");
  }

  @Test
  void validityIsBrokenByACommandThatNobodyHandedIn() {
    Validity oracle = new Validity(findings);
    oracle.invoked(new Command(7, 1, true));
    oracle.applied(L1, at(1), new Command(7, 1, true), new Observer.Step(1, 0));
    findings.green();
    oracle.applied(L1, at(2), new Command(7, 2, true), new Observer.Step(2, 0));
    findings.red(Validity.class, "no more than #1");
  }

  @Test
  void totalOrderHoldsAcrossSnapshots() {
    TotalOrder oracle = new TotalOrder(findings);
    oracle.started(L1);
    oracle.delivered(L1, at(1), value(1));
    oracle.installed(L1, at(5));
    oracle.delivered(L1, at(6), value(1));
    oracle.started(restarted(L1));
    oracle.restored(restarted(L1), at(5));
    oracle.delivered(restarted(L1), at(6), value(1));
    findings.green();
  }

  @Test
  void totalOrderIsBrokenByAGap() {
    TotalOrder oracle = new TotalOrder(findings);
    oracle.started(L1);
    oracle.delivered(L1, at(1), value(1));
    oracle.delivered(L1, at(3), value(3));
    findings.red(TotalOrder.class, "then delivered 3");
  }

  @Test
  void totalOrderIsBrokenByASecondDelivery() {
    TotalOrder oracle = new TotalOrder(findings);
    oracle.started(L1);
    oracle.delivered(L1, at(1), value(1));
    oracle.delivered(L1, at(1), value(1));
    findings.red(TotalOrder.class, "then delivered 1");
  }

  @Test
  void totalOrderIsBrokenByASnapshotOfThePast() {
    TotalOrder oracle = new TotalOrder(findings);
    oracle.started(L1);
    oracle.delivered(L1, at(1), value(1));
    oracle.delivered(L1, at(2), value(2));
    oracle.installed(L1, at(1));
    findings.red(TotalOrder.class, "installed a snapshot as of 1");
  }
}

package io.synod.testkit.oracle;

import static io.synod.testkit.oracle.Recorded.L1;
import static io.synod.testkit.oracle.Recorded.LOW;
import static io.synod.testkit.oracle.Recorded.N1;
import static io.synod.testkit.oracle.Recorded.N2;
import static io.synod.testkit.oracle.Recorded.at;

import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import org.junit.jupiter.api.Test;

/** Messages that never end, though nobody wants anything, are found. */
class QuietWhenIdleTest {
  private final Recorded findings = new Recorded();
  private final QuietWhenIdle oracle = new QuietWhenIdle(findings);

  private void sent(NodeId to, int times) {
    for (int i = 0; i < times; i++) {
      oracle.sent(L1, to, new Prepare(LOW, Era.ZERO, at(1)));
    }
  }

  @Test
  void whatIsSentUnderLoadAndToOneselfIsNotCounted() {
    sent(N2, 2 * QuietWhenIdle.MOST);
    oracle.idle();
    sent(N1, 2 * QuietWhenIdle.MOST);
    sent(N2, QuietWhenIdle.MOST);
    findings.green();
  }

  @Test
  void whatIsSentForDecisionsIsNotCounted() {
    oracle.idle();
    sent(N2, QuietWhenIdle.MOST);
    oracle.delivered(L1, at(1), Recorded.value(1));
    sent(N2, QuietWhenIdle.MOST);
    findings.green();
  }

  @Test
  void messagesThatDoNotEndAreRed() {
    oracle.idle();
    sent(N2, QuietWhenIdle.MOST + 1);
    findings.red(QuietWhenIdle.class, "to n2 since");
  }
}

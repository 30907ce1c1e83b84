package io.synod.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(2, 3);
  private final Tally tally = new Tally(3);

  private void acknowledge(int client, int id) {
    tally.acknowledged(client, id, InstanceId.FIRST, System.nanoTime());
  }

  @Test
  void nothingIsMissingWhenAllThatWasAcknowledgedIsThere() {
    for (int id = 0; id < 500; id++) {
      ledger.increment(id % 2, id % 3, id);
      acknowledge(id % 3, id);
    }
    assertThat(Audit.lost(ledger, tally)).isZero();
    assertThat(ledger.sum()).isEqualTo(500);
    assertThat(ledger.duplicates()).isZero();
  }

  @Test
  void anAcknowledgedIncrementThatIsNotThereIsLost() {
    ledger.increment(0, 1, 5);
    acknowledge(1, 5);
    acknowledge(1, 700);
    acknowledge(2, 5);
    assertThat(Audit.lost(ledger, tally)).isEqualTo(2);
  }

  @Test
  void anIncrementAppliedTwiceIsCounted() {
    ledger.increment(0, 1, 5);
    ledger.increment(0, 1, 5);
    assertThat(ledger.duplicates()).isEqualTo(1);
    assertThat(Audit.lost(ledger, tally)).as("but the counter adds up").isZero();
  }

  @Test
  void stateSurvivesSnapshotAndRestore() throws IOException {
    LedgerMachine machine = new LedgerMachine(2, 3);
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      byte[] command = LedgerMachine.increment(i % 2, random.nextInt(3), random.nextInt(9_000));
      machine.apply(null, ByteBuffer.wrap(command));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    machine.snapshot().writeTo(out);
    LedgerMachine other = new LedgerMachine(2, 3);
    other.restore(new ByteArrayInputStream(out.toByteArray()));
    ByteBuffer all = ByteBuffer.wrap(LedgerMachine.readAll());
    byte[] state = machine.query(all.duplicate());
    assertThat(other.query(all.duplicate())).isEqualTo(state);
    assertThat(Ledger.of(state).effects()).isEqualTo(2_000);
    assertThat(LedgerMachine.value(other.query(ByteBuffer.wrap(LedgerMachine.readCounter(1)))))
        .isEqualTo(1_000);
  }
}

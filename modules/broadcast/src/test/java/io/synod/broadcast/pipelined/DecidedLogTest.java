package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.value;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Invariant;
import org.junit.jupiter.api.Test;

/** Decisions are held without gaps; only what a snapshot holds may go. */
class DecidedLogTest {
  private static final int SIZE = value(1).size();

  private final DecidedLog log = new DecidedLog(3L * SIZE);

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      log.append(at(i), value(i));
    }
  }

  @Test
  void itBeginsEmptyAtInstanceOne() {
    assertThat(log.decided()).isEqualTo(at(0));
    assertThat(log.retained()).isEqualTo(at(1));
  }

  @Test
  void aGapIsRefused() {
    append(1, 2);
    assertThatThrownBy(() -> log.append(at(4), value(4))).isInstanceOf(Invariant.Broken.class)
        .hasMessage("decision of 4 after 2");
    assertThatThrownBy(() -> log.append(at(2), value(2))).isInstanceOf(Invariant.Broken.class);
  }

  @Test
  void nothingGoesThatNoSnapshotHolds() {
    append(1, 10);
    assertThat(log.retained()).isEqualTo(at(1));
    assertThat(log.get(at(1))).isEqualTo(value(1));
  }

  @Test
  void whatASnapshotHoldsGoesBeyondTheBytesToRetain() {
    append(1, 10);
    log.snapshotAt(at(9));
    assertThat(log.retained()).as("three are retained").isEqualTo(at(8));
    append(11, 12);
    assertThat(log.retained()).as("9 is in the snapshot, 10 is not").isEqualTo(at(10));
    assertThat(log.decided()).isEqualTo(at(12));
    assertThat(log.get(at(10))).isEqualTo(value(10));
    log.snapshotAt(at(2));
    append(13, 13);
    assertThat(log.retained()).as("an older snapshot changes nothing").isEqualTo(at(10));
  }

  @Test
  void aRangeHasAtLeastOneAndThenWhatFits() {
    append(1, 5);
    assertThat(log.from(at(2), 1)).isEqualTo(values(2));
    assertThat(log.from(at(2), 2 * SIZE)).isEqualTo(values(2, 3));
    assertThat(log.from(at(2), 2 * SIZE + 1)).isEqualTo(values(2, 3));
    assertThat(log.from(at(2), 100 * SIZE)).isEqualTo(values(2, 3, 4, 5));
    assertThat(log.from(at(6), 100)).isEmpty();
  }

  @Test
  void anInstalledSnapshotKeepsWhatIsKnownAfterIt() {
    append(1, 5);
    log.install(at(3));
    assertThat(log.retained()).isEqualTo(at(4));
    assertThat(log.from(at(4), 100 * SIZE)).isEqualTo(values(4, 5));
    log.install(at(9));
    assertThat(log.retained()).isEqualTo(at(10));
    assertThat(log.decided()).isEqualTo(at(9));
    append(10, 10);
    assertThat(log.get(at(10))).isEqualTo(value(10));
  }

  @Test
  void manyDropsLeaveTheRestInPlace() {
    append(1, 6000);
    log.snapshotAt(at(5000));
    append(6001, 6010);
    assertThat(log.retained()).isEqualTo(at(5001));
    assertThat(log.get(at(5001))).isEqualTo(value(5001));
    assertThat(log.get(at(6010))).isEqualTo(value(6010));
    assertThat(log.decided()).isEqualTo(at(6010));
  }
}

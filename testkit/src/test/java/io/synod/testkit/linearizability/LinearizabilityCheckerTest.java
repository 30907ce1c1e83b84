package io.synod.testkit.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
  private static final long NEVER = Operation.NEVER;

  private static Verdict register(Operation... history) {
    return new LinearizabilityChecker(ValueModel.register()).check(List.of(history));
  }

  private static Verdict counter(Operation... history) {
    return new LinearizabilityChecker(ValueModel.counter()).check(List.of(history));
  }

  private static Operation cas(Object from, Object to, Object result, long at, long returned) {
    return new Operation(9, "x", Operation.Kind.CAS, to, from, result, at, returned);
  }

  @Test
  void concurrentReadsMaySeeEitherSideOfAWrite() {
    assertThat(register(
        Operation.write(1, "x", "a", 0, 10),
        Operation.write(1, "x", "b", 20, 40),
        Operation.read(2, "x", "a", 21, 25),
        Operation.read(3, "x", "b", 26, 30)).linearizable()).isTrue();
  }

  @Test
  void aStaleReadIsFoundAndReported() {
    Operation stale = Operation.read(2, "x", "a", 30, 35);
    Operation other = Operation.write(3, "x", "c", 31, 50);
    Verdict verdict = register(
        Operation.write(1, "x", "a", 0, 10), Operation.write(1, "x", "b", 20, 25), stale, other);
    assertThat(verdict).isInstanceOfSatisfying(Verdict.Violation.class, v -> {
      assertThat(v.culprit()).isEqualTo(stale);
      assertThat(v.concurrent()).containsExactly(other);
      assertThat(v.states()).containsExactly("b");
      assertThat(v.prefix()).isEqualTo(4);
      assertThat(v.toString()).contains("x.read() = a").contains("x.write(b) done");
    });
  }

  @Test
  void readsThatGoBackAreFoundEvenWhileTheWriteIsOpen() {
    assertThat(register(
        Operation.write(1, "x", "a", 0, NEVER),
        Operation.read(2, "x", "a", 10, 15),
        Operation.read(3, "x", null, 20, 25)).linearizable()).isFalse();
  }

  @Test
  void aLostUpdateIsFound() {
    assertThat(counter(
        Operation.increment(1, "x", 1L, 0, 10),
        Operation.increment(2, "x", 1L, 0, 10)).linearizable()).isFalse();
    assertThat(counter(
        Operation.increment(1, "x", null, 0, 10),
        Operation.increment(2, "x", null, 0, 10),
        Operation.read(3, "x", 1L, 20, 30)).linearizable()).isFalse();
  }

  @Test
  void anIncrementAppliedTwiceIsFound() {
    assertThat(counter(
        Operation.increment(1, "x", 1L, 0, 10),
        Operation.read(3, "x", 2L, 20, 30)).linearizable()).isFalse();
    assertThat(counter(
        Operation.increment(1, "x", null, 0, NEVER),
        Operation.read(3, "x", 2L, 20, 30)).linearizable()).isFalse();
  }

  @Test
  void anOpenOperationMayTakeEffectAtAnyLaterTimeOrNever() {
    Operation open = Operation.increment(1, "x", null, 0, NEVER);
    assertThat(counter(open, Operation.read(2, "x", 0L, 10, 20),
        Operation.read(2, "x", 1L, 30, 40)).linearizable()).isTrue();
    assertThat(counter(open, Operation.read(2, "x", 0L, 10, 20)).linearizable()).isTrue();
  }

  @Test
  void compareAndSetSucceedsOnlyFromTheExpectedValue() {
    Operation write = Operation.write(1, "x", 1L, 0, 10);
    assertThat(register(write, cas(1L, 2L, true, 20, 30), cas(1L, 3L, false, 20, 30),
        Operation.read(2, "x", 2L, 40, 50)).linearizable()).isTrue();
    assertThat(register(write, cas(1L, 2L, true, 20, 30), cas(1L, 3L, true, 20, 30))
        .linearizable()).isFalse();
  }

  @Test
  void keysAreIndependent() {
    Verdict verdict = register(
        Operation.write(1, "x", "a", 0, 10), Operation.read(1, "y", null, 20, 30),
        Operation.read(1, "x", null, 20, 30));
    assertThat(verdict).isInstanceOfSatisfying(Verdict.Violation.class,
        v -> assertThat(v.key()).isEqualTo("x"));
  }

  @Test
  void givesUpLoudlyWhenTooMuchOverlaps() {
    List<Operation> history = new ArrayList<>();
    for (long i = 0; i < 20; i++) {
      history.add(new Operation(1, "x", Operation.Kind.ADD, 1L << i, null, null, 0, NEVER));
    }
    history.add(Operation.read(2, "x", "never written", 1, 2));
    assertThat(new LinearizabilityChecker(ValueModel.register(), 1_000).check(history))
        .isEqualTo(new Verdict.Undecided("x", 1_000));
  }

  @Test
  void manyOpenIncrementsDoNotBlowUpTheSearch() {
    List<Operation> history = new ArrayList<>();
    for (long i = 0; i < 200; i++) {
      history.add(Operation.increment(1, "x", null, i, NEVER));
    }
    history.add(Operation.read(2, "x", 150L, 300, 310));
    history.add(Operation.read(2, "x", 200L, 320, 330));
    LinearizabilityChecker checker = new LinearizabilityChecker(ValueModel.counter());
    assertThat(checker.check(history).linearizable()).isTrue();
    history.add(Operation.read(2, "x", 201L, 340, 350));
    assertThat(checker.check(history).linearizable()).isFalse();
  }

  @Test
  void decidesTenThousandOperationsOnTwentyKeys() {
    List<Operation> history = Histories.counters(new Random(5), 10_000, 20, 16);
    LinearizabilityChecker checker = new LinearizabilityChecker(ValueModel.counter());
    assertThat(checker.check(history)).isEqualTo(new Verdict.Linearizable(10_000, 20));
    Operation late = history.get(9_000);
    history.add(Operation.read(99, late.key(), 1L, late.returned() + 1, late.returned() + 2));
    assertThat(checker.check(history)).isInstanceOf(Verdict.Violation.class);
  }
}

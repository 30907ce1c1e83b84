package io.synod.testkit.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a correct store answers is accepted; each kind of mistake put into it is refused. */
class MutatedHistoriesTest {
  private static final int HISTORIES = 60;
  private static final LinearizabilityChecker CHECKER =
      new LinearizabilityChecker(ValueModel.register());

  private static List<Operation> correct(Random random) {
    return new ConcurrentStore(random, 3, 0.05, false).history(200, 6);
  }

  @Test
  void theCorrectStoreIsAccepted() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      assertThat(CHECKER.check(correct(new Random(seed))))
          .as("seed %s", seed).isEqualTo(new Verdict.Linearizable(200, 3));
    }
  }

  @Test
  void tenThousandOperationsOnTwentyKeysWithManyConcurrentAndOpenOnes() {
    for (double unknown : new double[] {0, 0.05, 0.2}) {
      List<Operation> history = new ConcurrentStore(new Random(9), 20, unknown, unknown < 0.1)
          .history(10_000, 100);
      assertThat(CHECKER.check(history)).isEqualTo(new Verdict.Linearizable(10_000, 20));
      int read = index(history, o -> o.kind() == Operation.Kind.READ && o.result() != null
          && o.invoked() > 3_000);
      history.set(read, withResult(history.get(read), "never written"));
      assertThat(CHECKER.check(history)).isInstanceOf(Verdict.Violation.class);
    }
  }

  @Test
  void aStaleReadIsRefused() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Operation> history = correct(new Random(seed));
      Operation overwritten = firstOverwritten(history);
      long after = history.stream().filter(o -> !o.open()).mapToLong(Operation::returned).max()
          .orElseThrow();
      Operation stale = Operation.read(
          99, overwritten.key(), overwritten.argument(), after + 1, after + 2);
      history.add(stale);
      assertThat(CHECKER.check(history)).as("seed %s", seed)
          .isInstanceOfSatisfying(Verdict.Violation.class, v -> {
            assertThat(v.culprit()).isEqualTo(stale);
            assertThat(v.essential()).contains(stale).hasSizeLessThan(8);
          });
    }
  }

  @Test
  void aLostUpdateIsRefused() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Operation> history = correct(new Random(seed));
      int seen = index(history, o -> o.kind() == Operation.Kind.READ && o.result() != null
          && history.stream().anyMatch(w -> writes(w, o)));
      Operation lost = history.stream().filter(w -> writes(w, history.get(seen))).findFirst()
          .orElseThrow();
      history.remove(lost);
      assertThat(CHECKER.check(history)).as("seed %s without %s", seed, lost)
          .isInstanceOf(Verdict.Violation.class);
    }
  }

  @Test
  void swappedResultsAreRefused() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Operation> history = correct(new Random(seed));
      int one = index(history, o -> o.kind() == Operation.Kind.READ && o.result() != null
         );
      Operation first = history.get(one);
      int other = index(history, o -> o.kind() == Operation.Kind.READ && o.result() != null
          && !o.key().equals(first.key())
          && !Objects.equals(o.result(), first.result()));
      Operation second = history.get(other);
      history.set(one, withResult(first, second.result()));
      history.set(other, withResult(second, first.result()));
      assertThat(CHECKER.check(history)).as("seed %s: %s and %s", seed, first, second)
          .isInstanceOf(Verdict.Violation.class);
    }
  }

  /** A write that was read, and after whose reader another value was written and read. */
  private static Operation firstOverwritten(List<Operation> history) {
    return history.stream().filter(w -> w.kind() == Operation.Kind.WRITE && !w.open()
        && history.stream().anyMatch(later -> later.kind() == Operation.Kind.WRITE
            && !later.open() && later.key().equals(w.key()) && later.invoked() > w.returned()))
        .findFirst().orElseThrow();
  }

  private static boolean writes(Operation write, Operation read) {
    return write.kind() == Operation.Kind.WRITE && write.key().equals(read.key())
        && write.argument().equals(read.result());
  }

  private static int index(
      List<Operation> history, Predicate<Operation> wanted) {
    return IntStream.range(0, history.size()).filter(i -> wanted.test(history.get(i)))
        .findFirst().orElseThrow();
  }

  private static Operation withResult(Operation operation, Object result) {
    return new Operation(operation.client(), operation.key(), operation.kind(),
        operation.argument(), operation.expected(), result, operation.invoked(),
        operation.returned());
  }
}

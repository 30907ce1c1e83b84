package io.synod.testkit.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search agrees with trying every order of every subset. */
class AgainstBruteForceTest {
  private static final int HISTORIES = 20_000;

  @Test
  void sameAnswerOnRandomSmallHistories() {
    Random random = new Random(11);
    ValueModel model = ValueModel.counter();
    int well = 0;
    for (int i = 0; i < HISTORIES; i++) {
      List<Operation> history = Histories.arbitrary(random, 1 + random.nextInt(8));
      boolean expected = anyOrder(model, model.initial(), new ArrayList<>(history));
      well += expected ? 1 : 0;
      assertThat(new LinearizabilityChecker(model).check(history).linearizable())
          .as("history %s of the seed: %s", i, history).isEqualTo(expected);
    }
    assertThat(well).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
  }

  private static boolean anyOrder(Model model, Object state, List<Operation> left) {
    if (left.stream().allMatch(Operation::open)) {
      return true;
    }
    for (int i = 0; i < left.size(); i++) {
      Operation next = left.get(i);
      Object after = model.step(state, next);
      if (mayComeFirst(next, left) && after != Model.IMPOSSIBLE) {
        List<Operation> rest = new ArrayList<>(left);
        rest.remove(i);
        if (anyOrder(model, after, rest)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayComeFirst(Operation operation, List<Operation> left) {
    return left.stream().noneMatch(other -> other.returned() < operation.invoked());
  }
}

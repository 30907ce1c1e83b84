package io.synod.election.omega;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Tuning TUNING = new Tuning(50, 300, 2_000, 60_000, Rules.OMEGA);

  @Test
  void startsWithUpToATenthMoreThanTheTimeOut() {
    assertThat(new Patience(TUNING, 0).nanos()).isEqualTo(300);
    assertThat(new Patience(TUNING, 0.999_999).nanos()).isEqualTo(329);
  }

  @Test
  void growsWithEachMistakeUpToTheCap() {
    Patience patience = new Patience(TUNING, 0);
    patience.wasTooShort(400);
    assertThat(patience.nanos()).isEqualTo(450);
    for (int i = 0; i < 100; i++) {
      patience.wasTooShort(400);
    }
    assertThat(patience.nanos()).isEqualTo(2_000);
  }

  @Test
  void doesNotGrowForASilenceThatNoPatienceWouldHaveBorne() {
    Patience patience = new Patience(TUNING, 0);
    patience.wasTooShort(2_000);
    assertThat(patience.nanos()).isEqualTo(300);
  }

  @Test
  void givesBackAStepAfterACalmButNeverBelowTheStart() {
    Patience patience = new Patience(TUNING, 0.5);
    patience.wasTooShort(400);
    patience.wasTooShort(400);
    assertThat(patience.nanos()).isEqualTo(615);
    patience.healthy(59_999);
    assertThat(patience.nanos()).isEqualTo(615);
    patience.healthy(1);
    assertThat(patience.nanos()).isEqualTo(465);
    for (int i = 0; i < 10; i++) {
      patience.healthy(60_000);
    }
    assertThat(patience.nanos()).isEqualTo(315);
  }

  @Test
  void aMistakeBreaksTheCalm() {
    Patience patience = new Patience(TUNING, 0);
    patience.wasTooShort(400);
    patience.healthy(59_000);
    patience.wasTooShort(400);
    patience.healthy(59_000);
    assertThat(patience.nanos()).isEqualTo(600);
  }
}

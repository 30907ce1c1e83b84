package io.synod.broadcast.pipelined;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.consensus.RoundBasedConsensus.Status;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import org.junit.jupiter.api.Test;

/** Who is elected tries, and tries again with growing pauses. */
class LeadershipTest {
  private final Kit kit = new Kit();
  private final FakeConsensus consensus = new FakeConsensus();
  private long decided = 3;
  private final Leadership leadership = new Leadership(
      kit.context(Settings.DEFAULTS), consensus, () -> InstanceId.of(decided));

  private void refuse(boolean wasReady) {
    consensus.resign();
    leadership.refused(wasReady);
  }

  @Test
  void theElectedLeadsFromTheFirstUndecidedOnce() {
    leadership.elected(true);
    leadership.elected(true);
    assertThat(consensus.led()).containsExactly(InstanceId.of(4));
  }

  @Test
  void whoIsNoLongerElectedResignsAndDoesNotTryAgain() {
    leadership.elected(true);
    refuse(true);
    leadership.elected(false);
    kit.advance(1000);
    assertThat(consensus.led()).hasSize(1);
    assertThat(kit.timers()).isZero();
    leadership.elected(true);
    leadership.elected(false);
    assertThat(consensus.status()).isEqualTo(Status.IDLE);
  }

  @Test
  void aFirstRefusalWhilePreparingIsAnsweredAtOnceLaterOnesAfterAPause() {
    leadership.elected(true);
    refuse(false);
    kit.advance(1);
    assertThat(consensus.led()).hasSize(2);
    refuse(false);
    kit.advance(19);
    assertThat(consensus.led()).as("at least 20 ms").hasSize(2);
    decided = 8;
    kit.advance(21);
    assertThat(consensus.led()).as("at most 40 ms").hasSize(3);
    assertThat(consensus.led().get(2)).isEqualTo(InstanceId.of(9));
  }

  @Test
  void whoWasDeposedAsALeaderPausesFromTheStart() {
    leadership.elected(true);
    leadership.ready();
    refuse(true);
    kit.advance(9);
    assertThat(consensus.led()).hasSize(1);
    kit.advance(11);
    assertThat(consensus.led()).hasSize(2);
  }

  @Test
  void pausesGrowToABoundAndStartAnewAfterSuccess() {
    leadership.elected(true);
    for (int i = 0; i < 10; i++) {
      refuse(false);
      kit.advance(320);
    }
    assertThat(consensus.led()).hasSize(11);
    refuse(false);
    kit.advance(159);
    assertThat(consensus.led()).hasSize(11);
    kit.advance(161);
    leadership.ready();
    refuse(false);
    kit.advance(1);
    assertThat(consensus.led()).hasSize(13);
  }

  @Test
  void aRefusalOfOneWhoIsNotElectedIsNothing() {
    leadership.refused(true);
    assertThat(kit.timers()).isZero();
  }

  @Test
  void twoRefusalsWaitForOnePause() {
    leadership.elected(true);
    refuse(true);
    refuse(true);
    assertThat(kit.timers()).isEqualTo(1);
  }
}

package io.synod.replication;

import static io.synod.replication.Kit.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.SnapshotContent;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** First the checkpoint, then the snapshot, and only then may the old journal go. */
class SnapshotPolicyTest {
  private static final Settings OFTEN =
      Settings.DEFAULTS.with(ReplicationSettings.SNAPSHOT_EVERY_BYTES, 1024L);

  private final Kit kit = new Kit();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final List<InstanceId> taken = new ArrayList<>();
  private boolean quiet = true;
  private boolean released;

  private SnapshotPolicy policy(Settings settings) {
    return new SnapshotPolicy(kit.context(settings), snapshots, new SnapshotPolicy.Replica() {
      @Override
      public boolean quiet() {
        return quiet;
      }

      @Override
      public InstanceId applied() {
        return at(5);
      }

      @Override
      public Checkpoint checkpoint() {
        return new Checkpoint(
            1, true, Map.of(), Ballot.BOTTOM, Optional.empty(), at(6), at(6), Era.ZERO,
            Eras.founding(Kit.THREE), Ballot.BOTTOM, at(5), List.of());
      }

      @Override
      public SnapshotContent content() {
        return new SnapshotContent() {
          @Override
          public void writeTo(OutputStream out) {
            assertThat(released).isFalse();
          }

          @Override
          public void release() {
            released = true;
          }
        };
      }

      @Override
      public void taken(InstanceId last) {
        taken.add(last);
      }
    });
  }

  @Test
  void theCheckpointComesFirstAndTheJournalGoesOnlyAfterBoth() {
    SnapshotPolicy policy = policy(Settings.DEFAULTS);
    assertThat(policy.take(info -> { })).isTrue();
    assertThat(kit.takePersisted()).hasSize(1);
    kit.forced();
    assertThat(kit.dropped()).as("no snapshot yet").isZero();
    assertThat(taken).isEmpty();
    snapshots.written();
    assertThat(taken).containsExactly(at(5));
    assertThat(released).isTrue();
    assertThat(kit.dropped()).as("the checkpoint may not be on disk").isZero();
    kit.forced();
    assertThat(kit.dropped()).isEqualTo(1);
  }

  @Test
  void oneIsTakenWhenTheLogHasGrown() {
    SnapshotPolicy policy = policy(OFTEN);
    policy.applied(1023);
    policy.endOfTurn();
    assertThat(snapshots.writing()).isFalse();
    policy.applied(1);
    policy.endOfTurn();
    assertThat(snapshots.writing()).isTrue();
  }

  @Test
  void noneIsTakenWhileDecisionsWaitToBeApplied() {
    SnapshotPolicy policy = policy(OFTEN);
    quiet = false;
    policy.applied(2000);
    policy.endOfTurn();
    assertThat(policy.take(info -> { })).isFalse();
    assertThat(kit.takePersisted()).isEmpty();
    quiet = true;
    policy.endOfTurn();
    assertThat(snapshots.writing()).isTrue();
  }

  @Test
  void onlyOneIsTakenAtATimeAndTheNextNotBeforeTheDrop() {
    SnapshotPolicy policy = policy(OFTEN);
    policy.applied(2000);
    policy.endOfTurn();
    kit.takePersisted();
    policy.applied(2000);
    policy.endOfTurn();
    assertThat(policy.take(info -> { })).isFalse();
    snapshots.written();
    policy.endOfTurn();
    assertThat(kit.takePersisted())
        .as("the drop that waits would take a newer checkpoint for its own").isEmpty();
    kit.forced();
    assertThat(kit.dropped()).isEqualTo(1);
    policy.endOfTurn();
    assertThat(kit.takePersisted()).hasSize(1);
  }

  @Test
  void anInstalledSnapshotIsFollowedByACheckpointAndADrop() {
    SnapshotPolicy policy = policy(OFTEN);
    policy.applied(2000);
    policy.installed();
    assertThat(kit.takePersisted()).hasSize(1);
    assertThat(kit.dropped()).isZero();
    policy.endOfTurn();
    assertThat(snapshots.writing()).as("it holds what was applied").isFalse();
    kit.forced();
    assertThat(kit.dropped()).isEqualTo(1);
  }

  @Test
  void aDropThatWaitsIsLeftToALaterCheckpoint() {
    SnapshotPolicy policy = policy(Settings.DEFAULTS);
    policy.installed();
    policy.take(info -> { });
    kit.forced();
    assertThat(kit.dropped()).as("the later one has no snapshot yet").isZero();
    snapshots.written();
    kit.forced();
    assertThat(kit.dropped()).isEqualTo(1);
  }

  @Test
  void anOldSnapshotIsReplacedIfSomethingWasAppliedSince() {
    SnapshotPolicy policy = policy(Settings.DEFAULTS.with(
        ReplicationSettings.SNAPSHOT_EVERY, Duration.ofSeconds(1)));
    kit.advance(1000);
    policy.endOfTurn();
    assertThat(snapshots.writing()).as("nothing was applied").isFalse();
    policy.applied(1);
    policy.endOfTurn();
    assertThat(snapshots.writing()).isTrue();
  }
}

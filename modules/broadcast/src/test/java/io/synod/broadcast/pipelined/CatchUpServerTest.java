package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.N2;
import static io.synod.broadcast.pipelined.Kit.RIVAL;
import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.value;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.plugin.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has decisions or a snapshot serves them. */
class CatchUpServerTest {
  private static final int MOST = 100;

  private final Kit kit = new Kit();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final DecidedLog log = new DecidedLog(0);
  private final CatchUpServer server =
      new CatchUpServer(kit.context(Settings.DEFAULTS), snapshots, log, () -> RIVAL, MOST);

  @BeforeEach
  void fiveDecisionsTwoOfThemOnlyInTheSnapshot() {
    for (int i = 1; i <= 5; i++) {
      log.append(at(i), value(i));
    }
    log.snapshotAt(at(2));
    snapshots.have(2, new byte[250]);
  }

  private Object answer() {
    return kit.takeSent().stream().map(sent -> {
      assertThat(sent.to()).isEqualTo(N2);
      return sent.message();
    }).reduce((a, b) -> {
      throw new AssertionError("one answer for one question");
    }).orElse(null);
  }

  @Test
  void decisionsAreServedFromWhereTheOtherIs() {
    server.onCatchUp(N2, new CatchUp(at(4), 1 << 20));
    assertThat(answer()).isEqualTo(new Decisions(RIVAL, at(4), values(4, 5), at(5)));
  }

  @Test
  void anAnswerIsNoLargerThanEitherSideWants() {
    int two = 2 * value(1).size();
    server.onCatchUp(N2, new CatchUp(at(3), two));
    assertThat(answer()).isEqualTo(new Decisions(RIVAL, at(3), values(3, 4), at(5)));
    server.onFetch(N2, new FetchChunk(at(2), 0, 1 << 20));
    assertThat(((Chunk) answer()).bytes()).hasSize(MOST);
  }

  @Test
  void whoAsksForMoreThanThereIsHearsHowFarThisNodeIs() {
    server.onCatchUp(N2, new CatchUp(at(9), 100));
    assertThat(answer()).isEqualTo(new Decisions(RIVAL, at(9), values(), at(5)));
  }

  @Test
  void whereDecisionsAreGoneTheSnapshotIsOffered() {
    server.onCatchUp(N2, new CatchUp(at(2), 100));
    assertThat(answer()).isEqualTo(new SnapshotOffer(RIVAL, at(2), 250));
  }

  @Test
  void aSnapshotThatDoesNotHelpIsNotOffered() {
    log.snapshotAt(at(4));
    server.onCatchUp(N2, new CatchUp(at(3), 100));
    assertThat(answer()).isNull();
  }

  @Test
  void chunksAreServedByOffsetToTheEnd() {
    server.onFetch(N2, new FetchChunk(at(2), 200, 100));
    Chunk chunk = (Chunk) answer();
    assertThat(chunk.offset()).isEqualTo(200);
    assertThat(chunk.length()).isEqualTo(250);
    assertThat(chunk.bytes()).hasSize(50);
  }

  @Test
  void aSnapshotThatIsGoneIsAnEmptyChunk() {
    server.onFetch(N2, new FetchChunk(at(1), 0, 100));
    assertThat(((Chunk) answer()).bytes()).isEmpty();
  }
}

package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.N1;
import static io.synod.broadcast.pipelined.Kit.MINE;
import static io.synod.broadcast.pipelined.Kit.N2;
import static io.synod.broadcast.pipelined.Kit.N3;
import static io.synod.broadcast.pipelined.Kit.at;
import static io.synod.broadcast.pipelined.Kit.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is behind asks one peer at a time until nothing is missing, whatever gets lost. */
class CatchUpTest {
  private static final int MOST = 100;

  private final Kit kit = new Kit();
  private final FakeSnapshots snapshots = new FakeSnapshots();
  private final List<InstanceId> installed = new ArrayList<>();
  private InstanceId decided = InstanceId.NONE;
  private final CatchUp catchUp =
      new CatchUp(kit.context(Settings.DEFAULTS), snapshots, MOST, new CatchUp.Sink() {
        @Override
        public InstanceId decided() {
          return decided;
        }

        @Override
        public void decisions(Decisions decisions) {
          InstanceId last = decisions.first().plus(decisions.values().size() - 1L);
          decided = InstanceId.max(decided, last);
        }

        @Override
        public void installed(InstanceId last) {
          installed.add(last);
          decided = last;
        }
      });

  private static Kit.Sent asks(NodeId peer, long from) {
    return new Kit.Sent(peer, new BroadcastMessage.CatchUp(at(from), MOST));
  }

  private static Kit.Sent fetches(NodeId peer, long last, long offset) {
    return new Kit.Sent(peer, new FetchChunk(at(last), offset, MOST));
  }

  private void progress(NodeId peer, long upTo) {
    catchUp.onProgress(peer, Kit.progress(upTo, 1));
  }

  private void chunk(NodeId from, long last, long offset, int size) {
    catchUp.onChunk(from, new Chunk(at(last), 250, offset, new byte[size]));
  }

  /** Behind by 9, with n2 asked and its snapshot as of 9 begun. */
  private void fetching() {
    progress(N3, 9);
    catchUp.behind(at(9), Optional.of(N2));
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).containsExactly(asks(N2, 1), fetches(N2, 9, 0));
  }

  @Test
  void theHolderIsAskedUntilNothingIsMissing() {
    progress(N2, 4);
    catchUp.behind(at(4), Optional.of(N3));
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
    catchUp.behind(at(4), Optional.of(N2));
    assertThat(kit.takeSent()).as("one peer at a time").isEmpty();
    catchUp.onDecisions(N3, new Decisions(MINE, at(1), values(1, 2), at(4)));
    assertThat(kit.takeSent()).containsExactly(asks(N3, 3));
    catchUp.onDecisions(N3, new Decisions(MINE, at(3), values(3, 4), at(4)));
    assertThat(kit.takeSent()).isEmpty();
    assertThat(kit.timers()).as("nothing is sent again").isZero();
  }

  @Test
  void whoIsNotBehindAsksNobody() {
    decided = at(4);
    catchUp.behind(at(4), Optional.of(N3));
    progress(N2, 4);
    catchUp.tick();
    catchUp.tick();
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void decisionsThatDoNotComeByThemselvesAreFetched() {
    decided = at(1);
    catchUp.tick();
    progress(N2, 4);
    decided = at(2);
    catchUp.tick();
    assertThat(kit.takeSent()).as("they still come").isEmpty();
    catchUp.tick();
    assertThat(kit.takeSent()).containsExactly(asks(N2, 3));
    catchUp.tick();
    assertThat(kit.takeSent()).as("one at a time").isEmpty();
  }

  @Test
  void aSilentPeerIsLeftForTheNextAndTheRoundBeginsAnew() {
    progress(N1, 9);
    progress(N2, 9);
    progress(N3, 9);
    catchUp.behind(at(9), Optional.of(N2));
    kit.takeSent();
    kit.advance(100);
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
    kit.advance(200);
    assertThat(kit.takeSent()).as("never oneself").containsExactly(asks(N2, 1));
  }

  @Test
  void onlyPeersThatAreAheadAreAsked() {
    decided = at(5);
    progress(N3, 5);
    catchUp.behind(at(9), Optional.of(N2));
    kit.takeSent();
    kit.advance(100);
    assertThat(kit.takeSent()).containsExactly(asks(N2, 6));
  }

  @Test
  void anAnswerThatDoesNotHelpTurnsToTheNextPeerAfterAWhile() {
    progress(N3, 9);
    catchUp.behind(at(9), Optional.of(N2));
    kit.takeSent();
    catchUp.onDecisions(N2, new Decisions(MINE, at(1), values(), at(0)));
    kit.advance(100);
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
  }

  @Test
  void copiesOfOneAnswerDoNotMultiply() {
    progress(N3, 9);
    catchUp.behind(at(9), Optional.of(N2));
    kit.takeSent();
    for (int copy = 0; copy < 3; copy++) {
      catchUp.onDecisions(N2, new Decisions(MINE, at(1), values(), at(9)));
    }
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void aSnapshotIsFetchedChunkByChunkWrittenAndInstalled() {
    fetching();
    chunk(N2, 9, 0, 100);
    assertThat(kit.takeSent()).as("the disk comes first").isEmpty();
    snapshots.written();
    assertThat(kit.takeSent()).containsExactly(fetches(N2, 9, 100));
    chunk(N2, 9, 100, 100);
    snapshots.written();
    chunk(N2, 9, 200, 50);
    snapshots.written();
    assertThat(installed).isEmpty();
    snapshots.written();
    assertThat(installed).containsExactly(at(9));
    assertThat(snapshots.received()).hasSize(250);
    assertThat(kit.timers()).isZero();
  }

  @Test
  void afterALostChunkTheSnapshotIsResumedAtItsOffset() {
    fetching();
    chunk(N2, 9, 0, 100);
    snapshots.written();
    kit.takeSent();
    kit.advance(100);
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
    catchUp.onOffer(N3, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).containsExactly(fetches(N3, 9, 100));
    assertThat(snapshots.begun()).isEqualTo(1);
  }

  @Test
  void aSnapshotThatIsGoneIsBegunAnewWithTheNextOffer() {
    fetching();
    chunk(N2, 9, 0, 100);
    snapshots.written();
    kit.takeSent();
    chunk(N2, 9, 100, 0);
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
    catchUp.onOffer(N3, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).containsExactly(fetches(N3, 9, 0));
    assertThat(snapshots.begun()).isEqualTo(2);
    assertThat(snapshots.received()).isEmpty();
  }

  @Test
  void aDamagedSnapshotIsFetchedAgainFromItsStart() {
    fetching();
    snapshots.damageNext();
    chunk(N2, 9, 0, 250);
    snapshots.written();
    kit.takeSent();
    snapshots.written();
    assertThat(installed).isEmpty();
    assertThat(kit.notes()).last().asString().contains("as of 9 arrived damaged");
    assertThat(kit.takeSent()).containsExactly(asks(N2, 1));
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).containsExactly(fetches(N2, 9, 0));
    assertThat(snapshots.begun()).isEqualTo(2);
  }

  @Test
  void aNewerSnapshotIsFetchedFromItsStart() {
    fetching();
    chunk(N2, 9, 0, 100);
    snapshots.written();
    kit.takeSent();
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(12), 250));
    assertThat(kit.takeSent()).containsExactly(fetches(N2, 12, 0));
    assertThat(snapshots.received()).isEmpty();
  }

  @Test
  void copiesAndStraysAreNotWrittenTwice() {
    fetching();
    chunk(N3, 9, 0, 100);
    chunk(N2, 8, 0, 100);
    chunk(N2, 9, 100, 100);
    assertThat(snapshots.received()).isEmpty();
    chunk(N2, 9, 0, 100);
    chunk(N2, 9, 0, 100);
    snapshots.written();
    chunk(N2, 9, 0, 100);
    assertThat(snapshots.received()).hasSize(100);
  }

  @Test
  void aChunkBeyondTheLengthIsRefused() {
    fetching();
    chunk(N2, 9, 0, 251);
    assertThat(snapshots.received()).isEmpty();
    assertThat(kit.takeSent()).containsExactly(asks(N3, 1));
  }

  @Test
  void aSlowDiskIsNotTakenForASilentPeer() {
    fetching();
    chunk(N2, 9, 0, 100);
    kit.advance(5000);
    assertThat(kit.takeSent()).isEmpty();
    snapshots.written();
    assertThat(kit.takeSent()).containsExactly(fetches(N2, 9, 100));
  }

  @Test
  void anOfferThatBringsNothingNewIsIgnored() {
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).as("nobody was asked").isEmpty();
    decided = at(9);
    catchUp.behind(at(12), Optional.of(N2));
    kit.takeSent();
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(9), 250));
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void whatIsDecidedAfterTheSnapshotIsAskedForNext() {
    catchUp.behind(at(12), Optional.of(N2));
    catchUp.onOffer(N2, new SnapshotOffer(MINE, at(9), 250));
    chunk(N2, 9, 0, 250);
    snapshots.written();
    kit.takeSent();
    snapshots.written();
    assertThat(installed).containsExactly(at(9));
    assertThat(kit.takeSent()).containsExactly(asks(N2, 10));
  }
}

package io.synod.replication;

import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static io.synod.replication.Kit.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.broadcast.Batch;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The replicated state is a function of the log: every command has effect once, in order. */
class ApplierTest {
  private static final long TIMEOUT = 10_000;
  private static final Eras ERAS = new Eras(
      new Era(1), new Era(2),
      Map.of(new Era(1), Kit.THREE, new Era(2), Kit.members("n2", "n3", "n4")));

  private final List<String> told = new ArrayList<>();
  private ListMachine machine = new ListMachine();
  private Applier applier = applier(machine);
  private Eras restored;

  private Applier applier(ListMachine over) {
    return new Applier(over, new SessionTable(TIMEOUT), new Applier.Local() {
      @Override
      public void opened(long nonce, long session) {
        told.add("opened " + nonce + " as " + session);
      }

      @Override
      public void applied(long session, long sequence, InstanceId instance, byte[] result) {
        told.add(session + "/" + sequence + " at " + instance + " " + text(result));
      }

      @Override
      public void expired(long session) {
        told.add("expired " + session);
      }
    });
  }

  private static byte[] command(long session, long sequence, String text) {
    return Entry.command(session, sequence, 0, bytes(text));
  }

  private void deliver(long millis, byte[]... entries) {
    applier.deliver(applier.applied().next(), Batch.encode(millis, List.of(entries)));
  }

  private List<String> told() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Test
  void commandsTakeEffectOnceInTheOrderOfTheirSession() {
    deliver(100, Entry.open(55));
    deliver(200, command(1, 1, "a"), command(1, 2, "b"));
    assertThat(machine.history()).isEqualTo("a@2/200 b@2/200 ");
    assertThat(told()).containsExactly("opened 55 as 1", "1/1 at 2 a#1", "1/2 at 2 b#2");
  }

  @Test
  void aDuplicateHasNoEffectAndAnswersTheKeptResult() {
    deliver(100, Entry.open(55));
    deliver(200, command(1, 1, "a"));
    told();
    deliver(300, command(1, 1, "other"));
    assertThat(told()).containsExactly("1/1 at 2 a#1");
    assertThat(machine.applied()).isEqualTo(1);
  }

  @Test
  void aDuplicateOfWhatWasAnsweredSaysNothing() {
    deliver(100, Entry.open(55));
    deliver(200, command(1, 1, "a"));
    deliver(300, Entry.command(1, 2, 2, bytes("b")));
    told();
    deliver(400, command(1, 1, "a"));
    assertThat(told()).isEmpty();
    assertThat(machine.applied()).isEqualTo(2);
    deliver(500, command(1, 2, "b"));
    assertThat(told()).containsExactly("1/2 at 3 b#2");
  }

  @Test
  void answeredMeansAllBelowNotItself() {
    deliver(100, Entry.open(55));
    deliver(200, command(1, 1, "a"), command(1, 2, "b"), command(1, 3, "c"));
    deliver(300, Entry.command(1, 3, 2, bytes("c")));
    told();
    deliver(400, command(1, 1, "a"), command(1, 2, "b"));
    assertThat(told()).containsExactly("1/2 at 2 b#2");
  }

  @Test
  void aCommandAfterAGapIsIgnoredUntilTheGapIsFilled() {
    deliver(100, Entry.open(55));
    told();
    deliver(200, command(1, 2, "b"));
    assertThat(told()).isEmpty();
    assertThat(machine.applied()).isZero();
    deliver(300, command(1, 1, "a"), command(1, 2, "b"));
    assertThat(machine.history()).isEqualTo("a@3/300 b@3/300 ");
  }

  @Test
  void aCommandOfAnUnknownSessionIsRefused() {
    deliver(100, command(9, 1, "a"));
    assertThat(told()).containsExactly("expired 9");
    assertThat(machine.applied()).isZero();
  }

  @Test
  void sessionsExpireByTheLogsTimeAndNumbersAreNeverUsedAgain() {
    deliver(100, Entry.open(1), Entry.open(2));
    deliver(5_000, Entry.keepAlive(2));
    deliver(100 + TIMEOUT + 1, command(2, 1, "alive"));
    told();
    deliver(100 + TIMEOUT + 2, command(1, 1, "late"));
    assertThat(told()).containsExactly("expired 1");
    deliver(100 + TIMEOUT + 6_000);
    assertThat(applier.sessions().size()).as("its command was a sign of life").isEqualTo(1);
    deliver(60_000);
    assertThat(applier.sessions().size()).as("nobody used the other for long").isZero();
    deliver(60_001, Entry.open(3), Entry.keepAlive(2));
    assertThat(told()).containsExactly("opened 3 as 3", "expired 2");
    assertThat(machine.applied()).isEqualTo(1);
  }

  @Test
  void timeNeverGoesBack() {
    deliver(500, Entry.open(1), command(1, 1, "a"));
    deliver(300, command(1, 2, "b"));
    assertThat(machine.history()).isEqualTo("a@1/500 b@2/500 ");
    assertThat(applier.timeMillis()).isEqualTo(500);
  }

  @Test
  void aSkippedInstanceAppliesNothingAndCounts() {
    applier.deliver(at(1), Value.SKIP);
    assertThat(applier.applied()).isEqualTo(at(1));
    assertThat(machine.applied()).isZero();
  }

  @Test
  void aGapInTheLogIsRefused() {
    assertThatThrownBy(() -> applier.deliver(at(2), Value.SKIP))
        .isInstanceOf(Invariant.Broken.class).hasMessage("instance 2 delivered after 0");
  }

  @Test
  void aCommandThatThrowsIsNotCountedAsApplied() {
    deliver(100, Entry.open(1));
    assertThatThrownBy(() -> deliver(200, command(1, 1, "throw"))).hasMessageContaining("broken");
    assertThat(applier.applied()).isEqualTo(at(1));
  }

  @Test
  void anEntryOfUnknownKindIsRefused() {
    assertThatThrownBy(() -> deliver(100, new byte[] {7})).isInstanceOf(Invariant.Broken.class)
        .hasMessage("entry of kind 7 in instance 1");
  }

  private void restore(byte[] snapshot) throws IOException {
    machine = new ListMachine();
    applier = applier(machine);
    restored = applier.restore(new ByteArrayInputStream(snapshot));
  }

  private byte[] state() {
    return FakeSnapshots.bytesOf(applier.snapshot(ERAS));
  }

  private static Value random(Random dice, long millis) {
    List<byte[]> entries = new ArrayList<>();
    for (int i = dice.nextInt(4); i >= 0; i--) {
      long session = 1L + dice.nextInt(3);
      long sequence = 1L + dice.nextInt(6);
      switch (dice.nextInt(6)) {
        case 0 -> entries.add(Entry.open(dice.nextLong()));
        case 1 -> entries.add(Entry.keepAlive(session));
        default -> entries.add(Entry.command(
            session, sequence, Math.max(0, sequence - dice.nextInt(4)), bytes("c" + sequence)));
      }
    }
    return dice.nextInt(8) == 0 ? Value.SKIP : Batch.encode(millis, entries);
  }

  @Test
  void aSnapshotAndTheRestOfTheLogAreAsGoodAsTheWholeLog() throws IOException {
    int applied = 0;
    for (long seed = 0; seed < 100; seed++) {
      Random dice = new Random(seed);
      List<Value> log = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        log.add(random(dice, 400L * i + dice.nextInt(1500)));
      }
      int cut = dice.nextInt(log.size());
      machine = new ListMachine();
      applier = applier(machine);
      byte[] snapshot = new byte[0];
      for (int i = 0; i < log.size(); i++) {
        if (i == cut) {
          snapshot = state();
        }
        applier.deliver(at(i + 1L), log.get(i));
      }
      final byte[] whole = state();
      applied += machine.applied();
      told();
      restore(snapshot);
      assertThat(applier.applied()).isEqualTo(at(cut));
      for (int i = cut; i < log.size(); i++) {
        applier.deliver(at(i + 1L), log.get(i));
      }
      assertThat(state()).as("seed %s", seed).isEqualTo(whole);
    }
    assertThat(applied).isGreaterThan(300);
  }

  @Test
  void aSnapshotKeepsTheResultsForDuplicates() throws IOException {
    deliver(100, Entry.open(1));
    deliver(200, command(1, 1, "a"), command(1, 2, "b"));
    restore(state());
    told();
    deliver(300, command(1, 1, "a"), command(1, 3, "c"));
    assertThat(told()).containsExactly("1/1 at 2 a#1", "1/3 at 3 c#3");
    assertThat(machine.history()).isEqualTo("a@2/200 b@2/200 c@3/300 ");
  }

  @Test
  void theErasTravelInTheHeadOfASnapshot() throws IOException {
    deliver(100, Entry.open(1));
    restore(state());
    assertThat(restored).isEqualTo(ERAS);
  }

  @Test
  void aChangeOfMembersIsAppliedAsNothing() {
    deliver(100, Entry.open(1));
    told();
    applier.deliver(at(2), new Reconfigure(Era.ZERO, Kit.THREE).encode());
    assertThat(applier.applied()).isEqualTo(at(2));
    assertThat(told()).isEmpty();
  }

  @Test
  void aSnapshotOfAnotherFormatIsRefused() {
    byte[] snapshot = state();
    snapshot[3] = 9;
    assertThatThrownBy(() -> restore(snapshot)).isInstanceOf(IOException.class)
        .hasMessage("the snapshot has format 9, known is 2");
  }
}

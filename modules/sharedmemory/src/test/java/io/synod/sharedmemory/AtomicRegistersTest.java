package io.synod.sharedmemory;

import static io.synod.sharedmemory.World.N1;
import static io.synod.sharedmemory.World.N2;
import static io.synod.sharedmemory.World.N3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.memory.Counts;
import io.synod.api.memory.NotTheWriterException;
import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Complete;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.Settings;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.RegisterCopy;
import io.synod.quorum.ExplicitPlugin;
import io.synod.quorum.FlexiblePlugin;
import io.synod.sharedmemory.World.Sent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test a property, over messages that the test delivers. */
class AtomicRegistersTest {
  private static final long RESEND = 200_000_000;

  private World world = World.three();

  private static Settings with(String writer, String completion) {
    return Settings.DEFAULTS.with(MemorySettings.WRITER, writer)
        .with(MemorySettings.COMPLETION, completion);
  }

  /** Leaves the value at n1 alone: its writer's messages are lost, and it has crashed. */
  private void writtenAtOneOnly() {
    world.node(N1).write("x", "new");
    world.deliver(sent -> !(sent.message() instanceof Write));
    world.network().clear();
    world.node(N1).crash();
    world.node(N1).start();
  }

  @Test
  void whatWasWrittenIsReadEverywhere() {
    world.node(N1).read("x");
    world.node(N2).write("x", "a");
    world.run();
    world.node(N3).read("x");
    world.node(N1).read("y");
    world.run();

    assertThat(world.node(N2).said()).containsExactly("wrote a");
    assertThat(world.node(N3).said()).containsExactly("read a");
    assertThat(world.node(N1).said()).containsExactly("read nothing", "read nothing");
  }

  @Test
  void oneOfThreeMayBeAway() {
    world.node(N3).crash();
    world.node(N1).write("x", "a");
    world.node(N2).read("x");
    world.run();
    world.node(N2).read("x");
    world.run();

    assertThat(world.node(N1).said()).containsExactly("wrote a");
    assertThat(world.node(N2).said()).last().isEqualTo("read a");
  }

  @Test
  void aMinorityAnswersNothing() {
    world.node(N2).crash();
    world.node(N3).crash();
    world.node(N1).write("x", "a");
    world.node(N1).read("x");
    world.run();

    assertThat(world.node(N1).said()).isEmpty();
  }

  /** The write-back: without it the second read would give an older value than the first. */
  @Test
  void aReadAnswersOnlyOnceAWriteQuorumHasWhatItFound() {
    writtenAtOneOnly();
    world.node(N2).read("x");
    world.deliver(s -> !s.to().equals(N3) && !s.from().equals(N3)
        && !(s.message() instanceof Write));
    assertThat(world.node(N2).said()).as("not propagated yet").isEmpty();

    world.network().removeIf(s -> s.to().equals(N3));
    world.run();
    assertThat(world.node(N2).said()).containsExactly("read new");
    world.node(N1).crash();
    world.node(N3).read("x");
    world.run();
    assertThat(world.node(N3).said()).containsExactly("read new");
  }

  @Test
  void aTagThatAWriteQuorumAnswersNeedsNoPropagation() {
    world = new World(3, with("", "agreed"));
    world.node(N1).write("x", "a");
    world.run();
    world.node(N2).read("x");
    world.run();

    assertThat(world.node(N2).counts()).isEqualTo(new Counts(1, 0, 0, 1, 0));
  }

  /** The tag travels with the answer of one who heard of its completion. */
  @Test
  void aTagThatSomebodyKnowsToBeCompleteNeedsNoPropagation() {
    world.node(N1).write("x", "a");
    world.deliver(s -> !s.to().equals(N3));
    world.network().clear();
    assertThat(world.node(N1).said()).containsExactly("wrote a");

    world.node(N3).read("x");
    world.deliver(s -> !s.to().equals(N1) && !s.from().equals(N1));
    assertThat(world.node(N3).said()).containsExactly("read a");
    assertThat(world.node(N3).counts()).isEqualTo(new Counts(1, 0, 0, 0, 1));
  }

  @Test
  void completionIsAnnouncedOnce() {
    world.node(N1).write("x", "a");
    world.deliver(s -> !(s.message() instanceof Complete));
    assertThat(world.network()).hasSize(2)
        .allMatch(s -> s.message() instanceof Complete && s.from().equals(N1));
    world.run();
    world.node(N2).read("x");
    world.deliver(s -> !(s.message() instanceof Complete));
    assertThat(world.network()).isEmpty();
  }

  @Test
  void withoutTheOptimisationEveryReadPropagates() {
    world = new World(3, with("", "off"));
    world.node(N1).write("x", "a");
    world.run();
    world.node(N2).read("x");
    world.run();

    assertThat(world.node(N2).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0));
  }

  @Test
  void anAnswerWaitsForTheDisk() {
    world.node(N2).forces(false);
    world.node(N1).write("x", "a");
    world.deliver(s -> !s.to().equals(N3) && !s.from().equals(N3));
    world.node(N3).read("x");
    world.deliver(s -> s.from().equals(N3) && s.to().equals(N2));
    assertThat(world.network()).as("neither ack has left")
        .noneMatch(s -> s.from().equals(N2));

    world.node(N2).forces(true);
    assertThat(world.network()).extracting(Sent::message)
        .anyMatch(WriteAck.class::isInstance).anyMatch(ReadAck.class::isInstance);
  }

  @Test
  void aRestartedReplicaRemembers() {
    world.node(N3).crash();
    world.node(N1).write("x", "a");
    world.run();
    world.node(N2).crash();
    world.node(N2).start();
    world.node(N1).crash();
    world.node(N3).start();
    world.node(N3).read("x");
    world.run();

    assertThat(world.node(N3).said()).containsExactly("read a");
  }

  @Test
  void aWriterKeepsItsValueBeforeItLeaves() {
    world.node(N1).forces(false);
    world.node(N1).write("x", "a");
    world.deliver(s -> !(s.message() instanceof Write));
    assertThat(world.network()).noneMatch(s -> s.message() instanceof Write);

    world.node(N1).forces(true);
    assertThat(world.network()).hasSize(2).allMatch(s -> s.message() instanceof Write);
  }

  @Test
  void noTagIsUsedTwiceByAWriterThatRestarts() {
    writtenAtOneOnly();
    world.node(N1).write("x", "newer");
    world.run();

    assertThat(world.node(N1).disk()).filteredOn(RegisterCopy.class::isInstance)
        .extracting(r -> ((RegisterCopy) r).tag())
        .containsExactly(new Tag(1, N1), new Tag(2, N1));
  }

  @Test
  void concurrentWritesOfOneNodeHaveTagsOfTheirOwn() {
    world.node(N1).write("x", "a");
    world.node(N1).write("x", "b");
    world.run();

    assertThat(world.node(N2).disk()).filteredOn(RegisterCopy.class::isInstance)
        .extracting(r -> ((RegisterCopy) r).tag()).doesNotHaveDuplicates()
        .contains(new Tag(2, N1));
  }

  @Test
  void concurrentWritersAreOrderedByTheirNames() {
    world.node(N2).write("x", "second");
    world.node(N1).write("x", "first");
    world.deliver(s -> !(s.message() instanceof Write));
    world.run();
    world.node(N3).read("x");
    world.run();

    assertThat(world.node(N3).said()).containsExactly("read second");
  }

  @Test
  void anAnswerToAFormerLifeCountsForNothing() {
    world.node(N1).read("x");
    List<Sent> questions = List.copyOf(world.network());
    world.network().clear();
    world.node(N1).crash();
    questions.forEach(world::deliver);
    List<Sent> late = List.copyOf(world.network());
    world.network().clear();
    world.node(N1).start();
    world.node(N2).write("x", "a");
    world.deliver(s -> !s.to().equals(N1) && !s.from().equals(N1));
    world.network().clear();
    world.node(N1).read("x");
    late.forEach(world::deliver);

    assertThat(world.node(N1).said()).as("not the value of before").isEmpty();
    world.run();
    assertThat(world.node(N1).said()).containsExactly("read a");
  }

  @Test
  void theFirstQuestionWaitsUntilTheLifeIsNumberedOnDisk() {
    world.node(N1).crash();
    world.node(N1).forces(false);
    world.node(N1).start();
    world.node(N1).read("x");
    assertThat(world.network()).isEmpty();

    world.node(N1).forces(true);
    assertThat(world.network()).hasSize(2).allMatch(s -> s.message() instanceof Read);
  }

  @Test
  void onlyThoseWhoAreSilentAreAskedAgainUntilAQuorumHasAnswered() {
    world = new World(5, with("n1", "agreed"));
    world.node(N1).write("x", "a");
    world.deliver(s -> s.to().equals(N2) || s.to().equals(N1));
    world.network().clear();
    world.advance(RESEND);

    assertThat(world.network()).extracting(Sent::to)
        .containsExactly(N3, NodeId.of("n4"), NodeId.of("n5"));
    world.run();
    assertThat(world.node(N1).said()).containsExactly("wrote a");
    world.advance(10 * RESEND);
    assertThat(world.network()).isEmpty();
  }

  @Test
  void aSingleWriterNeedsOneRoundTrip() {
    world = new World(3, with("n2", "announced"));
    world.node(N2).write("x", "a");
    assertThat(world.network()).hasSize(2).allMatch(s -> s.message() instanceof Write);
    world.run();
    world.node(N2).write("x", "b");
    world.run();
    world.node(N1).read("x");
    world.run();

    assertThat(world.node(N1).said()).containsExactly("read b");
  }

  @Test
  void aSingleWritersRegistersAreWrittenNowhereElse() {
    world = new World(3, with("n2", "announced"));

    assertThatThrownBy(() -> world.node(N3).write("x", "a"))
        .isInstanceOf(NotTheWriterException.class)
        .hasMessage("register 'x' is written at n2 only (synod.memory.writer), but the write was"
            + " asked of n3; ask n2");
    world.run();
    assertThat(world.node(N1).disk()).noneMatch(RegisterCopy.class::isInstance);
  }

  @Test
  void aJournalOfSupersededCopiesIsWrittenAnew() {
    world = new World(
        3, Settings.DEFAULTS.with(MemorySettings.CHECKPOINT_BYTES, 1024L));
    world.node(N1).write("kept", "k");
    for (int i = 0; i < 200; i++) {
      world.node(N1).write("x", "value " + i);
      world.run();
    }
    assertThat(world.node(N2).dropped()).isGreaterThan(100);
    assertThat(world.node(N2).disk()).hasSizeLessThan(60);
    assertThat(world.node(N2).disk().get(0)).isInstanceOf(DurableRecord.CopiesFollow.class);

    world.node(N2).crash();
    world.node(N2).start();
    world.node(N1).crash();
    world.node(N2).read("x");
    world.node(N2).read("kept");
    world.run();
    assertThat(world.node(N2).said()).containsExactly("read value 199", "read k");
  }

  @Test
  void namesAndValuesHaveBounds() {
    assertThatThrownBy(() -> world.node(N1).read(""))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 512");
    assertThatThrownBy(() -> world.node(N1).write("x".repeat(513), "a"))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("513");
    world = new World(3, Settings.DEFAULTS.with(MemorySettings.MAX_VALUE, 3L));
    assertThatThrownBy(() -> world.node(N1).write("x", "four"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("synod.memory.max-value = 3");
  }

  @Test
  void readOneWriteAllReadsAtTheOwnReplica() {
    world = new World(3, Settings.DEFAULTS, new FlexiblePlugin(),
        Settings.DEFAULTS.with(FlexiblePlugin.READ, 1));
    world.node(N1).write("x", "a");
    world.run();
    world.node(N3).read("x");
    assertThat(world.node(N3).said()).as("without one answer from elsewhere")
        .containsExactly("read a");
  }

  @Test
  void quorumsThatDoNotMeetAreRefusedWithAPair() {
    Settings disjoint = Settings.DEFAULTS
        .with(ExplicitPlugin.READS, "n1+n2").with(ExplicitPlugin.WRITES, "n1/n3");
    assertThatThrownBy(() -> new World(3, Settings.DEFAULTS, new ExplicitPlugin(), disjoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("read quorum [n1, n2] does not meet write quorum [n3]");
  }
}

package io.synod.replication;

import static io.synod.replication.Kit.at;
import static io.synod.replication.Kit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.InstanceId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands leave in order, again from the first, until they are applied or given up. */
class OutboxTest {
  private final Kit kit = new Kit();
  private final List<String> sent = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private int room = Integer.MAX_VALUE;
  private long session = 4;
  private final Outbox outbox = new Outbox(() -> session, 1, this::send, kit::retransmission);

  private boolean send(byte[] entry) {
    if (room == 0) {
      return false;
    }
    room--;
    ByteBuffer in = ByteBuffer.wrap(entry);
    assertThat(in.get()).isEqualTo(Entry.COMMAND);
    sent.add(in.getLong() + "/" + in.getLong() + " answered<" + in.getLong()
        + " " + (char) in.get());
    return true;
  }

  private void add(String tag, long deadlineMillis) {
    add(0, tag, deadlineMillis);
  }

  private void add(long sequence, String tag, long deadlineMillis) {
    byte[] entry = Entry.command(session, sequence, 0, bytes(tag));
    long deadline = deadlineMillis * 1_000_000;
    outbox.add(new Outbox.Pending(sequence, entry, deadline, new Outbox.Waiter() {
      @Override
      public void applied(long number, InstanceId instance, byte[] result) {
        told.add(tag + " applied as " + number + " at " + instance);
      }

      @Override
      public void expired(long number) {
        told.add(tag + " expired as " + number);
      }

      @Override
      public void timedOut(long number, boolean wasSent) {
        told.add(tag + (wasSent ? " sent" : " never sent"));
      }
    }));
  }

  private List<String> take(List<String> from) {
    List<String> taken = List.copyOf(from);
    from.clear();
    return taken;
  }

  private void three() {
    add("a", 1000);
    add("b", 1000);
    add("c", 1000);
  }

  @Test
  void commandsAreNumberedInTheOrderInWhichTheyLeave() {
    three();
    assertThat(sent).isEmpty();
    outbox.pump();
    assertThat(sent).containsExactly("4/1 answered<1 a", "4/2 answered<1 b", "4/3 answered<1 c");
    assertThat(outbox.applied(1, at(7), bytes("x"))).isTrue();
    assertThat(told).containsExactly("a applied as 1 at 7");
    sent.clear();
    add("d", 1000);
    outbox.pump();
    assertThat(sent).as("the first result has arrived").containsExactly("4/4 answered<2 d");
  }

  @Test
  void whatIsNotTakenWaitsInOrder() {
    three();
    room = 1;
    outbox.pump();
    assertThat(sent).hasSize(1);
    assertThat(outbox.hasUnsent()).isTrue();
    room = 5;
    outbox.pump();
    assertThat(sent).extracting(s -> s.charAt(s.length() - 1)).containsExactly('a', 'b', 'c');
    assertThat(outbox.hasUnsent()).isFalse();
  }

  @Test
  void silenceSendsAgainFromTheFirstWithTheSameNumbers() {
    three();
    outbox.pump();
    List<String> first = take(sent);
    kit.advance(10);
    assertThat(take(sent)).isEqualTo(first);
    kit.advance(15);
    outbox.applied(1, at(7), bytes("x"));
    kit.advance(5);
    assertThat(sent).as("an answer is no silence").isEmpty();
    kit.advance(5);
    assertThat(sent).isEqualTo(first.subList(1, 3));
  }

  @Test
  void onlyTheNextCommandCanBeAppliedNext() {
    three();
    outbox.pump();
    assertThat(outbox.applied(2, at(7), bytes("x"))).isFalse();
    assertThat(told).isEmpty();
    outbox.rewind();
    assertThat(outbox.applied(1, at(7), bytes("x"))).as("also while it waits to go again").isTrue();
    assertThat(outbox.applied(1, at(7), bytes("x"))).as("a copy").isFalse();
  }

  @Test
  void nothingIsLeftRunningWhenAllIsApplied() {
    add("a", 1000);
    outbox.pump();
    assertThat(kit.timers()).isEqualTo(1);
    outbox.applied(1, at(7), bytes("x"));
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(kit.timers()).isZero();
  }

  @Test
  void whatWasNeverSentIsGivenUpForGoodWhatWasSentStays() {
    three();
    room = 1;
    outbox.pump();
    room = 0;
    outbox.expireDeadlines(999_999_999);
    assertThat(told).isEmpty();
    outbox.expireDeadlines(1_000_000_000);
    assertThat(take(told)).as("the second had its number: it was tried")
        .containsExactly("a sent", "b sent", "c never sent");
    outbox.expireDeadlines(2_000_000_000);
    assertThat(told).as("each is told once").isEmpty();
    sent.clear();
    room = 9;
    outbox.rewind();
    outbox.pump();
    assertThat(sent).containsExactly("4/1 answered<1 a", "4/2 answered<1 b");
    outbox.applied(1, at(3), bytes("x"));
    outbox.applied(2, at(3), bytes("x"));
    assertThat(told).as("too late to tell").isEmpty();
  }

  @Test
  void onlyWhatIsOverdueIsGivenUp() {
    add("a", 10);
    add("b", 20);
    outbox.expireDeadlines(10_000_000);
    assertThat(told).containsExactly("a never sent");
    outbox.pump();
    assertThat(sent).containsExactly("4/1 answered<1 b");
  }

  @Test
  void anExpiredSessionLosesWhatWasNumberedAndTheRestGoesIntoTheNext() {
    three();
    room = 2;
    outbox.pump();
    room = 0;
    add("d", 1000);
    outbox.expired();
    assertThat(take(told))
        .containsExactly("a expired as 1", "b expired as 2", "c expired as 3");
    assertThat(kit.timers()).isZero();
    session = 9;
    room = 9;
    sent.clear();
    outbox.pump();
    assertThat(sent).containsExactly("9/1 answered<1 d");
  }

  @Test
  void aClientsCommandsKeepTheirNumbers() {
    outbox.skip(4);
    assertThat(outbox.nextSequence()).isEqualTo(5);
    assertThat(outbox.firstSequence()).isEqualTo(5);
    add(5, "a", 1000);
    add(6, "b", 1000);
    assertThat(outbox.firstSequence()).isEqualTo(5);
    outbox.pump();
    assertThat(sent).containsExactly("4/5 answered<0 a", "4/6 answered<0 b");
    outbox.applied(5, at(1), bytes("x"));
    assertThat(outbox.firstSequence()).isEqualTo(6);
    assertThat(outbox.nextSequence()).isEqualTo(7);
    assertThat(outbox.drop()).isEqualTo(1);
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(kit.timers()).isZero();
  }
}

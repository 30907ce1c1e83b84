package io.synod.broadcast.pipelined;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.Batch;
import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First in, first out, bounded in bytes and count. */
class MessageQueueTest {
  private static byte[] message(int tag, int length) {
    byte[] message = new byte[length];
    message[0] = (byte) tag;
    return message;
  }

  private static List<Integer> tags(Value batch) {
    List<Integer> tags = new ArrayList<>();
    Batch.forEach(batch, (index, bytes) -> tags.add((int) bytes.get()));
    return tags;
  }

  @Test
  void tooManyMessagesAreRefusedUntilSomeAreTaken() {
    MessageQueue queue = new MessageQueue(1000, 2);
    assertThat(queue.add(message(1, 1))).isEqualTo(Admission.TAKEN);
    assertThat(queue.add(message(2, 1))).isEqualTo(Admission.TAKEN);
    assertThat(queue.add(message(3, 1))).isEqualTo(Admission.OVERLOADED);
    assertThat(tags(queue.takeBatch(0, 100, 1000))).containsExactly(1, 2);
    assertThat(queue.add(message(4, 1))).isEqualTo(Admission.TAKEN);
  }

  @Test
  void tooManyBytesAreRefusedButOneLargeMessageAloneIsTaken() {
    MessageQueue queue = new MessageQueue(10, 100);
    assertThat(queue.add(message(1, 20))).isEqualTo(Admission.TAKEN);
    assertThat(queue.add(message(2, 1))).isEqualTo(Admission.OVERLOADED);
    queue.takeBatch(0, 100, 1000);
    assertThat(queue.bytes()).isZero();
    assertThat(queue.add(message(3, 10))).isEqualTo(Admission.TAKEN);
    assertThat(queue.add(message(4, 1))).isEqualTo(Admission.OVERLOADED);
  }

  @Test
  void aBatchHasAtLeastOneMessageAndThenWhatFits() {
    MessageQueue queue = new MessageQueue(1000, 100);
    for (int i = 1; i <= 4; i++) {
      queue.add(message(i, 6));
    }
    assertThat(tags(queue.takeBatch(0, 100, 1))).containsExactly(1);
    assertThat(tags(queue.takeBatch(0, 100, 2L * Batch.sizeOf(6)))).containsExactly(2, 3);
    assertThat(queue.bytes()).isEqualTo(6);
    assertThat(queue.isEmpty()).isFalse();
    assertThat(tags(queue.takeBatch(77, 100, 1000))).containsExactly(4);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aBatchCarriesTheTime() {
    MessageQueue queue = new MessageQueue(1000, 100);
    queue.add(message(1, 1));
    assertThat(Batch.timeMillis(queue.takeBatch(77, 100, 1000))).isEqualTo(77);
  }

  @Test
  void whatIsClearedMakesRoom() {
    MessageQueue queue = new MessageQueue(10, 100);
    queue.add(message(1, 10));
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.add(message(2, 10))).isEqualTo(Admission.TAKEN);
  }
}

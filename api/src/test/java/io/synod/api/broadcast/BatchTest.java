package io.synod.api.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a batch give back its messages and nothing else. */
class BatchTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static List<String> read(Value batch) {
    List<String> read = new ArrayList<>();
    Batch.forEach(batch, (index, in) -> {
      assertThat(index).isEqualTo(read.size());
      byte[] message = new byte[in.remaining()];
      in.get(message);
      read.add(new String(message, StandardCharsets.US_ASCII));
    });
    return read;
  }

  @Test
  void messagesComeBackInOrderWithTheTimeAndTheirNumber() {
    Value batch = Batch.encode(1_700_000_000_123L, List.of(bytes("a"), bytes(""), bytes("ccc")));
    assertThat(batch.kind()).isEqualTo(Value.Kind.BATCH);
    assertThat(Batch.timeMillis(batch)).isEqualTo(1_700_000_000_123L);
    assertThat(Batch.count(batch)).isEqualTo(3);
    assertThat(read(batch)).containsExactly("a", "", "ccc");
  }

  @Test
  void sizesAddUp() {
    int empty = Batch.encode(0, List.of()).size();
    assertThat(Batch.encode(0, List.of(bytes("ab"), bytes("c"))).size())
        .isEqualTo(empty + Batch.sizeOf(2) + Batch.sizeOf(1));
  }

  @Test
  void aReaderThatReadsTooLittleDoesNotDisturbTheNextMessage() {
    List<Integer> remaining = new ArrayList<>();
    Batch.forEach(Batch.encode(0, List.of(bytes("abc"), bytes("de"))), (index, in) -> {
      in.get();
      remaining.add(in.remaining());
    });
    assertThat(remaining).containsExactly(2, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aLengthBeyondTheEndIsRefusedByIndex(int length) {
    byte[] damaged = Batch.encode(0, List.of(bytes("a"), bytes("ccc"))).bytes().clone();
    ByteBuffer.wrap(damaged).putInt(damaged.length - 7, length);
    assertThatThrownBy(() -> read(Value.of(damaged)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("message 1");
  }
}

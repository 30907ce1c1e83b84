package io.synod.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import com.sun.management.ThreadMXBean;
import io.synod.api.message.Message;
import io.synod.api.model.Ballot;
import io.synod.api.transport.MessageCodec.MalformedException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Any bytes are either a legal record or a MalformedException, at a bounded price. */
class HostileBytesTest {
  /** What one failing decode may cost besides: traces, texts, classes loaded the first time. */
  private static final int OVERHEAD = 1024 * 1024;
  /** Objects per byte received, at worst. */
  private static final int FACTOR = 64;

  private final KryoCodec codec = new KryoCodec();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void everyTruncationIsRefused() {
    for (byte[] whole : encodedSamples()) {
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThat(refusals(cut)).as("%s cut at %s", Arrays.toString(whole), length).isEqualTo(3);
      }
    }
  }

  @Test
  void everyTrailingByteIsRefused() {
    for (byte[] whole : encodedSamples()) {
      assertThat(refusals(whole)).isEqualTo(2);
      assertThat(refusals(Arrays.copyOf(whole, whole.length + 1))).isEqualTo(3);
    }
  }

  @Test
  void flippedBitsHarmNothing() {
    Random random = new Random(1);
    for (byte[] whole : encodedSamples()) {
      for (int round = 0; round < 400; round++) {
        byte[] flipped = whole.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        assertThat(refusals(flipped)).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void randomBytesHarmNothing() {
    Random random = new Random(2);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && round % 2 == 0) {
        bytes[0] = (byte) (18 + random.nextInt(90));
      }
      assertThat(refusals(bytes)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void announcedLengthsAreNotBelieved() {
    for (int announced : new int[] {100, 1 << 20, Integer.MAX_VALUE, -1}) {
      refused(out -> {
        ballot(out, WireIds.ACCEPT, 1, 0);
        out.writeVarLong(1, true);
        out.writeVarInt(announced, true);
      });
      refused(out -> {
        out.writeVarInt(WireIds.FORWARD + 2, true);
        out.writeVarInt(announced, true);
        out.writeVarInt(announced, true);
      });
      refused(out -> {
        out.writeVarInt(WireIds.CHUNK + 2, true);
        out.writeBytes(new byte[] {1, 1, 1});
        out.writeVarInt(announced, true);
      });
      refused(out -> {
        out.writeVarInt(WireIds.ALIVE + 2, true);
        out.writeVarInt(announced, true);
      });
    }
  }

  @Test
  void typesOfKryoAndTypesByNameAreUnknown() {
    for (int id = 0; id < 16; id++) {
      int type = id;
      refused(out -> {
        out.writeVarInt(type, true);
        out.writeVarInt(Integer.MAX_VALUE, true);
        out.writeVarInt(Integer.MAX_VALUE, true);
      });
    }
    refused(out -> {
      out.writeVarInt(1, true);
      out.writeVarInt(0, true);
      out.writeString("java.lang.ProcessBuilder");
    });
    refused(out -> out.writeVarInt(Integer.MAX_VALUE, true));
  }

  @Test
  void recordsOfAnotherFamilyAreRefused() {
    ByteBuffer record = codec.encodeRecord(Samples.records().get(0));
    assertThatThrownBy(() -> codec.decode(record)).isInstanceOf(MalformedException.class)
        .hasMessageContaining("Booted");
  }

  @Test
  void ballotsOutOfRangeAreRefused() {
    refused(out -> ballot(out, WireIds.STORED, Ballot.MAX_N + 1, 0).writeLong(1));
    refused(out -> ballot(out, WireIds.STORED, -1, 0).writeLong(1));
    refused(out -> ballot(out, WireIds.STORED, 1, -1).writeLong(1));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    for (long number : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62}) {
      refused(out -> {
        out.writeVarInt(WireIds.PROGRESS + 2, true);
        out.writeVarLong(number, true);
        out.writeVarLong(1, true);
      });
    }
    refused(out -> {
      out.writeVarInt(WireIds.CATCH_UP + 2, true);
      out.writeVarLong(1, true);
      out.writeVarInt(-5, true);
    });
  }

  @Test
  void namesThatAreNoNodeIdsAreRefused() {
    for (String name : List.of("", "a/b", "x".repeat(65), "é")) {
      refused(out -> {
        out.writeVarInt(WireIds.REFUSED + 2, true);
        out.writeBoolean(true);
        byte[] bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
        out.writeBoolean(false);
      });
    }
  }

  @Test
  void aFrameFullOfTheSmallestElementsCostsNoMoreThanItsMultiple() {
    byte[] bytes = new byte[4 * 1024 * 1024];
    Output out = new Output(bytes);
    out.writeVarInt(WireIds.FORWARD + 2, true);
    out.writeVarInt(bytes.length - 16, true);
    assertThat(refusals(bytes)).isEqualTo(3);
  }

  private static Output ballot(Output out, int type, long n, int k) {
    out.writeVarInt(type + 2, true);
    out.writeVarLong(n, true);
    out.writeVarInt(1, true);
    out.writeByte('a');
    out.writeVarInt(k, true);
    return out;
  }

  private void refused(Consumer<Output> writer) {
    Output out = new Output(256, 4096);
    writer.accept(out);
    assertThat(refusals(out.toBytes())).isEqualTo(3);
  }

  /** How many of the three families refuse the bytes; measures what each attempt allocates. */
  private int refusals(byte[] bytes) {
    List<Decoder> decoders =
        List.of(codec::decode, codec::decodeClient, codec::decodeRecord);
    int refused = 0;
    for (Decoder decoder : decoders) {
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        decoder.decode(ByteBuffer.wrap(bytes));
      } catch (MalformedException e) {
        refused++;
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThan(OVERHEAD + (long) FACTOR * bytes.length);
    }
    return refused;
  }

  private List<byte[]> encodedSamples() {
    List<byte[]> all = new ArrayList<>();
    for (Message message : Samples.messages()) {
      add(all, codec.encode(message));
    }
    Samples.clientMessages().forEach(m -> add(all, codec.encodeClient(m)));
    Samples.records().forEach(r -> add(all, codec.encodeRecord(r)));
    return all;
  }

  private static void add(List<byte[]> all, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    all.add(copy);
  }

  private interface Decoder {
    Object decode(ByteBuffer bytes) throws MalformedException;
  }
}

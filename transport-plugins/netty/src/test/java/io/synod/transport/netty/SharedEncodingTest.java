package io.synod.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.transport.MessageCodec;
import io.synod.codec.KryoCodec;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message to several peers is encoded once, and a large one exists once. */
class SharedEncodingTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final KryoCodec codec = new KryoCodec();
  private int encodings;

  private MessageCodec counting() {
    return (MessageCodec) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {MessageCodec.class}, (self, method, args) -> {
          encodings++;
          return method.invoke(codec, args);
        });
  }

  @Test
  void oneEncodingServesAllPeersAndNothingLeaks() throws Exception {
    TurnEncoder encoder = new TurnEncoder(counting(), allocator);
    for (int size : new int[] {10, 1_000_000}) {
      encodings = 0;
      Message message = new Chunk(InstanceId.FIRST, 1, 0, new byte[size]);
      List<Batch> batches = List.of(new Batch(), new Batch(), new Batch());
      for (Batch batch : batches) {
        encoder.encode(message);
        encoder.addTo(batch);
      }
      assertThat(encodings).isEqualTo(1);
      assertThat(allocator.metric().usedDirectMemory()).isLessThan(size + 200_000L);
      encoder.forget();
      for (Batch batch : batches) {
        assertThat(decoded(batch)).usingRecursiveComparison().isEqualTo(List.of(message));
      }
      assertThat(allocator.metric().usedDirectMemory()).isZero();
    }
  }

  @Test
  void smallAndLargeOnesKeepTheirOrder() throws Exception {
    TurnEncoder encoder = new TurnEncoder(codec, allocator);
    List<Message> messages = new ArrayList<>();
    Batch batch = new Batch();
    for (int i = 0; i < 100; i++) {
      messages.add(new Chunk(InstanceId.FIRST, i, 0, new byte[i % 3 == 0 ? 9_000 : i * 40]));
      encoder.encode(messages.get(i));
      encoder.addTo(batch);
    }
    encoder.forget();
    assertThat(decoded(batch)).usingRecursiveComparison().isEqualTo(messages);
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void whatIsReleasedUnsentLeaksNothing() {
    TurnEncoder encoder = new TurnEncoder(codec, allocator);
    Batch batch = new Batch();
    for (int size : new int[] {5, 50_000, 7}) {
      encoder.encode(new Chunk(InstanceId.FIRST, 1, 0, new byte[size]));
      encoder.addTo(batch);
    }
    encoder.forget();
    batch.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  private List<Message> decoded(Batch batch) throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel();
    batch.writeTo(channel);
    ByteBuffer all = ByteBuffer.allocate((int) batch.size());
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      ByteBuffer piece = all.slice(all.position(), part.readableBytes());
      part.readBytes(piece);
      all.position(all.position() + piece.capacity());
      part.release();
    }
    all.flip();
    List<Message> messages = new ArrayList<>();
    while (all.hasRemaining()) {
      int length = all.getInt();
      messages.add(codec.decode(all.slice(all.position(), length)));
      all.position(all.position() + length);
    }
    return messages;
  }
}

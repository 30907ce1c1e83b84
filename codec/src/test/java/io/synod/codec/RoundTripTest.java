package io.synod.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.memory.Tag;
import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.ClientMessage;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.model.Ballot;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.replication.ReadMode;
import io.synod.api.storage.DurableRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private final KryoCodec codec = new KryoCodec();

  @Test
  void everyKindOfRecordHasASample() {
    assertThat(kinds(Samples.messages())).isEqualTo(leaves(Message.class));
    assertThat(kinds(Samples.clientMessages())).isEqualTo(leaves(ClientMessage.class));
    assertThat(kinds(Samples.records())).isEqualTo(leaves(DurableRecord.class));
  }

  @Test
  void whatIsEncodedDecodesToTheSame() throws Exception {
    for (Message message : Samples.messages()) {
      same(codec.decode(codec.encode(message)), message);
    }
    for (ClientMessage message : Samples.clientMessages()) {
      same(codec.decodeClient(codec.encodeClient(message)), message);
    }
    for (DurableRecord record : Samples.records()) {
      same(codec.decodeRecord(codec.encodeRecord(record)), record);
    }
  }

  @Test
  void directBuffersAndBuffersWithinBuffersAreRead() throws Exception {
    for (Message message : Samples.messages()) {
      ByteBuffer encoded = codec.encode(message);
      ByteBuffer direct = ByteBuffer.allocateDirect(encoded.remaining() + 7);
      direct.position(3).limit(3 + encoded.remaining());
      direct.put(encoded.duplicate()).position(3);
      same(codec.decode(direct), message);
      assertThat(direct.position()).isEqualTo(3);
      ByteBuffer heap = ByteBuffer.wrap(new byte[encoded.remaining() + 7], 3, encoded.remaining());
      heap.duplicate().put(encoded);
      same(codec.decode(heap.slice()), message);
    }
  }

  @Test
  void decodedValuesDoNotShareTheCallersBytes() throws Exception {
    Message message = Samples.messages().get(7);
    ByteBuffer encoded = copy(codec.encode(message));
    Message decoded = codec.decode(encoded);
    for (int i = 0; i < encoded.capacity(); i++) {
      encoded.put(i, (byte) 0x55);
    }
    same(decoded, message);
  }

  @Test
  void everyConstantHasItsNumber() {
    WireOutput out = new WireOutput();
    for (Role role : Role.values()) {
      WireEnums.ROLES.write(out, role);
    }
    for (ConsensusMode mode : ConsensusMode.values()) {
      WireEnums.CONSENSUS_MODES.write(out, mode);
    }
    for (ReadMode mode : ReadMode.values()) {
      WireEnums.READ_MODES.write(out, mode);
    }
    for (ClientMessage.Refusal.Kind kind : ClientMessage.Refusal.Kind.values()) {
      WireEnums.REFUSALS.write(out, kind);
    }
    assertThat(out.written().remaining()).isEqualTo(15);
  }

  /** The format of version 1, byte by byte: a failure here means a new protocol version. */
  @Test
  void theFormatIsFixed() {
    ByteBuffer bytes = codec.encode(new Accepted(
        new Ballot(300, NodeId.of("n1"), 2), Samples.STORE, InstanceId.of(5)));
    byte[] found = new byte[bytes.remaining()];
    bytes.get(found);
    assertThat(found).containsExactly(
        21 + 2, 0xAC, 0x02, 2, 'n', '1', 2, 0xF9, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 5);
  }

  /** The same for the messages of atomic registers. */
  @Test
  void theFormatOfRegistersIsFixed() {
    ByteBuffer bytes = codec.encode(new ReadAck(
        300, new Tag(5, NodeId.of("n1")), new byte[] {9}, Tag.NONE));
    byte[] found = new byte[bytes.remaining()];
    bytes.get(found);
    assertThat(found).containsExactly(
        121 + 2, 0xAC, 0x02, 5, 2, 'n', '1', 1, 9, 0, 1, '0');
  }

  @Test
  void senselessNumbersFailWhereTheyAreMade() {
    assertThatThrownBy(() -> codec.encode(new CatchUp(InstanceId.FIRST, -1)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
    assertThatThrownBy(() -> codec.encode(
        new SnapshotOffer(Samples.BALLOT, InstanceId.FIRST, -2)))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-2");
    assertThatThrownBy(() -> codec.encode(new CatchUp(InstanceId.of(Long.MAX_VALUE), 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void afterAFailedEncodingTheCodecGoesOn() throws Exception {
    assertThatThrownBy(() -> codec.encode(new CatchUp(InstanceId.FIRST, -1)))
        .isInstanceOf(IllegalArgumentException.class);
    whatIsEncodedDecodesToTheSame();
  }

  private static void same(Object actual, Object expected) {
    assertThat(actual).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return ByteBuffer.wrap(copy);
  }

  private static Set<String> kinds(List<?> samples) {
    return samples.stream().map(s -> s.getClass().getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> leaves(Class<?> type) {
    Set<String> found = new TreeSet<>();
    if (type.isRecord()) {
      found.add(type.getName());
      return found;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      found.addAll(leaves(permitted));
    }
    return found;
  }
}

package io.synod.codec;

import com.esotericsoftware.kryo.io.Output;
import io.synod.api.memory.Tag;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Writes the parts that records are made of; the mirror image of {@link WireInput}. Refuses what
 * the reader would refuse, so that a senseless number fails where it was made.
 */
final class WireOutput extends Output {
  private static final int INITIAL = 16 * 1024;
  /** A buffer that one rare large message made bigger than this is given back. */
  private static final int KEPT = 8 * 1024 * 1024;

  private ByteBuffer view;

  WireOutput() {
    super(INITIAL, -1);
    view = ByteBuffer.wrap(getBuffer());
  }

  /** Starts over in the same buffer. */
  void begin() {
    if (getBuffer().length > KEPT) {
      setBuffer(new byte[INITIAL], -1);
    }
    setPosition(0);
  }

  /** What was written since {@link #begin}; no copy. */
  ByteBuffer written() {
    if (view.array() != getBuffer()) {
      view = ByteBuffer.wrap(getBuffer());
    }
    view.limit(position()).position(0);
    return view;
  }

  /** A count, index or watermark. */
  void number(long value) {
    if (value < 0 || value > WireInput.MAX_NUMBER) {
      throw new IllegalArgumentException("not encodable: the number " + value);
    }
    writeVarLong(value, true);
  }

  /** A number of any sign, such as a nonce; small ones are short. */
  void any(long value) {
    writeVarLong(value, false);
  }

  void count(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("not encodable: the count " + value);
    }
    writeVarInt(value, true);
  }

  void bytes(byte[] value) {
    writeVarInt(value.length, true);
    writeBytes(value, 0, value.length);
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void node(NodeId id) {
    String name = id.name();
    int length = name.length();
    writeByte(length);
    for (int i = 0; i < length; i++) {
      writeByte(name.charAt(i));
    }
  }

  void optionalNode(Optional<NodeId> id) {
    writeBoolean(id.isPresent());
    id.ifPresent(this::node);
  }

  void nodes(List<NodeId> ids) {
    writeVarInt(ids.size(), true);
    ids.forEach(this::node);
  }

  void ballot(Ballot ballot) {
    writeVarLong(ballot.n(), true);
    node(ballot.proposer());
    writeVarInt(ballot.k(), true);
  }

  void instance(InstanceId instance) {
    number(instance.number());
  }

  void era(Era era) {
    number(era.number());
  }

  void incarnation(Incarnation incarnation) {
    writeLong(incarnation.number());
  }

  void value(Value value) {
    bytes(value.bytes());
  }

  void values(List<Value> values) {
    int size = values.size();
    writeVarInt(size, true);
    for (int i = 0; i < size; i++) {
      value(values.get(i));
    }
  }

  void blobs(List<byte[]> blobs) {
    int size = blobs.size();
    writeVarInt(size, true);
    for (int i = 0; i < size; i++) {
      bytes(blobs.get(i));
    }
  }

  void votes(List<Vote> votes) {
    writeVarInt(votes.size(), true);
    for (Vote vote : votes) {
      instance(vote.instance());
      ballot(vote.ballot());
      value(vote.value());
    }
  }

  void tag(Tag tag) {
    writeVarLong(tag.sequence(), true);
    node(tag.writer());
  }

  void tags(Map<String, Tag> tags) {
    writeVarInt(tags.size(), true);
    tags.forEach((name, tag) -> {
      text(name);
      tag(tag);
    });
  }

  /** A map in the order of its keys; {@code number} is written as a fixed eight bytes. */
  <T> void byNode(Map<NodeId, T> map, ToLongFunction<T> number) {
    writeVarInt(map.size(), true);
    map.forEach((id, value) -> {
      node(id);
      writeLong(number.applyAsLong(value));
    });
  }

  void oneC(OneC oneC) {
    ballot(oneC.ballot());
    era(oneC.era());
    configuration(oneC.configuration());
    instance(oneC.low());
    values(oneC.window());
  }

  void eras(Eras eras) {
    era(eras.active());
    era(eras.made());
    configurations(eras.configurations());
  }

  void configurations(Map<Era, Configuration> configurations) {
    writeVarInt(configurations.size(), true);
    configurations.forEach((era, configuration) -> {
      era(era);
      configuration(configuration);
    });
  }

  /** A mode goes first, behind a 0 that is no count of members, so that none costs nothing. */
  void configuration(Configuration configuration) {
    configuration.mode().ifPresent(mode -> {
      writeVarInt(WireInput.MODE_FOLLOWS, true);
      WireEnums.CONSENSUS_MODES.write(this, mode);
    });
    writeVarInt(configuration.members().size(), true);
    for (Member member : configuration.members()) {
      node(member.id());
      incarnation(member.incarnation());
      text(member.acceptor().toString());
      WireEnums.ROLES.write(this, member.role());
    }
    text(configuration.quorum());
  }
}

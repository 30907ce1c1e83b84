package io.synod.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import io.synod.api.memory.Tag;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Reads the parts that records are made of, trusting nothing: no length or count is believed
 * before the bytes that it speaks of are there, so that what is allocated stays within a small
 * multiple of what was received. Fails with a RuntimeException, which the codec translates.
 */
final class WireInput extends Input {
  /** Largest index, watermark or epoch believed; sums of two of them do not overflow. */
  static final long MAX_NUMBER = 1L << 61;

  /** In place of a count of members, of which there is always one. */
  static final int MODE_FOLLOWS = 0;

  /** Shortest encodings, which bound a count by the bytes that remain. */
  private static final int SHORTEST_VALUE = 2;
  private static final int SHORTEST_VOTE = 7;
  private static final int SHORTEST_TAG = 4;
  private static final int SHORTEST_ENTRY = 10;
  private static final int SHORTEST_MEMBER = 12;

  private static final int KEPT = 8 * 1024 * 1024;
  private static final byte[] EMPTY = {};

  private final NodeIdCache ids = new NodeIdCache();
  private byte[] scratch = EMPTY;
  private Ballot lastBallot = Ballot.BOTTOM;

  WireInput() {
    super(EMPTY);
  }

  /** Starts to read all that remains in {@code bytes}, whose position does not move. */
  void open(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (bytes.hasArray()) {
      setBuffer(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
    } else {
      if (scratch.length < length) {
        scratch = new byte[Math.max(length, 1024)];
      }
      bytes.get(bytes.position(), scratch, 0, length);
      setBuffer(scratch, 0, length);
    }
  }

  /** Lets go of the caller's array, and of a scratch buffer that one large message made. */
  void release() {
    setBuffer(EMPTY);
    if (scratch.length > KEPT) {
      scratch = EMPTY;
    }
  }

  int remaining() {
    return limit() - position();
  }

  long number() {
    long value = readVarLong(true);
    if (value < 0 || value > MAX_NUMBER) {
      throw new KryoException("a number out of range: " + value);
    }
    return value;
  }

  long any() {
    return readVarLong(false);
  }

  int count() {
    int value = readVarInt(true);
    if (value < 0) {
      throw new KryoException("a negative count: " + value);
    }
    return value;
  }

  /** How many elements follow, each of at least {@code shortest} bytes. */
  private int elements(int shortest) {
    int count = count();
    if (count > remaining() / shortest) {
      throw new KryoException(count + " elements announced, but " + remaining() + " bytes remain");
    }
    return count;
  }

  byte[] bytes() {
    int length = elements(1);
    return length == 0 ? EMPTY : readBytes(length);
  }

  String text() {
    int length = elements(1);
    String text = new String(getBuffer(), position(), length, StandardCharsets.UTF_8);
    setPosition(position() + length);
    return text;
  }

  boolean flag() {
    byte value = readByte();
    if (value != 0 && value != 1) {
      throw new KryoException("neither true nor false: " + value);
    }
    return value == 1;
  }

  NodeId node() {
    int length = elements(1);
    NodeId id = ids.get(getBuffer(), position(), length);
    setPosition(position() + length);
    return id;
  }

  Optional<NodeId> optionalNode() {
    return flag() ? Optional.of(node()) : Optional.empty();
  }

  List<NodeId> nodes() {
    int count = elements(SHORTEST_VALUE);
    List<NodeId> nodes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      nodes.add(node());
    }
    return nodes;
  }

  /** Messages in a row mostly carry the same ballot: one object serves them all. */
  Ballot ballot() {
    long n = readVarLong(true);
    NodeId proposer = node();
    int k = readVarInt(true);
    Ballot last = lastBallot;
    if (last.n() != n || last.k() != k || !last.proposer().equals(proposer)) {
      last = new Ballot(n, proposer, k);
      lastBallot = last;
    }
    return last;
  }

  InstanceId instance() {
    return new InstanceId(number());
  }

  Era era() {
    return new Era(number());
  }

  Incarnation incarnation() {
    return new Incarnation(readLong());
  }

  /** The one kind of value that the algorithms look into is looked into here, too. */
  Value value() {
    Value value = Value.of(bytes());
    if (value.kind() == Value.Kind.RECONFIGURE) {
      Reconfigure.decode(value);
    }
    return value;
  }

  Eras eras() {
    return new Eras(era(), era(), configurations());
  }

  Map<Era, Configuration> configurations() {
    int count = elements(SHORTEST_MEMBER);
    TreeMap<Era, Configuration> map = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      map.put(era(), configuration());
    }
    return map;
  }

  List<Value> values() {
    int count = elements(SHORTEST_VALUE);
    if (count == 1) {
      return List.of(value());
    }
    Value[] values = new Value[count];
    for (int i = 0; i < count; i++) {
      values[i] = value();
    }
    return List.of(values);
  }

  List<byte[]> blobs() {
    int count = elements(1);
    if (count == 1) {
      return List.of(bytes());
    }
    byte[][] blobs = new byte[count][];
    for (int i = 0; i < count; i++) {
      blobs[i] = bytes();
    }
    return List.of(blobs);
  }

  List<Vote> votes() {
    int count = elements(SHORTEST_VOTE);
    List<Vote> votes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      votes.add(new Vote(instance(), ballot(), value()));
    }
    return votes;
  }

  Tag tag() {
    return new Tag(readVarLong(true), node());
  }

  Map<String, Tag> tags() {
    int count = elements(SHORTEST_TAG);
    TreeMap<String, Tag> map = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = text();
      if (!map.isEmpty() && map.lastKey().compareTo(name) >= 0) {
        throw new KryoException("names of registers out of order at " + name);
      }
      map.put(name, tag());
    }
    return map;
  }

  <T> Map<NodeId, T> byNode(LongFunction<T> of) {
    int count = elements(SHORTEST_ENTRY);
    TreeMap<NodeId, T> map = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      NodeId id = node();
      if (!map.isEmpty() && map.lastKey().compareTo(id) >= 0) {
        throw new KryoException("node ids out of order at " + id);
      }
      map.put(id, of.apply(readLong()));
    }
    return map;
  }

  OneC oneC() {
    return new OneC(ballot(), era(), configuration(), instance(), values());
  }

  Configuration configuration() {
    Optional<ConsensusMode> mode = Optional.empty();
    int count = elements(SHORTEST_MEMBER);
    if (count == MODE_FOLLOWS) {
      mode = Optional.of(WireEnums.CONSENSUS_MODES.read(this));
      count = elements(SHORTEST_MEMBER);
    }
    List<Member> members = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      members.add(
          new Member(node(), incarnation(), URI.create(text()), WireEnums.ROLES.read(this)));
    }
    return new Configuration(members, text(), mode);
  }
}

package io.synod.codec;

import com.esotericsoftware.kryo.KryoException;
import io.synod.api.message.ClientMessage;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Role;
import io.synod.api.replication.ReadMode;
import java.util.List;

/**
 * The numbers of enum constants on the wire, written down here so that reordering an enum in the
 * API changes nothing. A constant that is missing here fails the tests.
 */
final class WireEnums<E extends Enum<E>> {
  static final WireEnums<Role> ROLES =
      new WireEnums<>(List.of(
          Role.ACCEPTOR, Role.LEARNER, Role.AUXILIARY, Role.PROPOSER, Role.PASSIVE));
  static final WireEnums<ConsensusMode> CONSENSUS_MODES =
      new WireEnums<>(List.of(ConsensusMode.CLASSIC, ConsensusMode.FAST));
  static final WireEnums<ReadMode> READ_MODES =
      new WireEnums<>(List.of(
          ReadMode.LINEARIZABLE, ReadMode.STALE, ReadMode.LEASE, ReadMode.FOLLOWER));
  static final WireEnums<ClientMessage.Refusal.Kind> REFUSALS =
      new WireEnums<>(List.of(
          ClientMessage.Refusal.Kind.UNAVAILABLE, ClientMessage.Refusal.Kind.OVERLOADED,
          ClientMessage.Refusal.Kind.SESSION_EXPIRED, ClientMessage.Refusal.Kind.INVALID));

  private final List<E> byNumber;

  private WireEnums(List<E> byNumber) {
    this.byNumber = byNumber;
  }

  void write(WireOutput out, E constant) {
    int number = byNumber.indexOf(constant);
    if (number < 0) {
      throw new IllegalArgumentException("no number on the wire for " + constant);
    }
    out.writeByte(number);
  }

  E read(WireInput in) {
    int number = in.readByte();
    if (number < 0 || number >= byNumber.size()) {
      throw new KryoException("no constant has the number " + number);
    }
    return byNumber.get(number);
  }
}

package io.synod.api.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who takes part in an era: members, the name of the quorum system over its acceptors (such as
 * {@code majority}) and the consensus mode. Members are kept in the order of their ids.
 *
 * @param mode empty in eras made before it was part of them: that of each node's file counts
 */
public record Configuration(List<Member> members, String quorum, Optional<ConsensusMode> mode) {
  private static final int MOST_MEMBERS = 1 << 12;
  private static final int MODE_FOLLOWS = 0;

  /** Refuses an empty member list and two members of one id. */
  public Configuration {
    Objects.requireNonNull(quorum, "quorum");
    Objects.requireNonNull(mode, "mode");
    List<Member> sorted = new ArrayList<>(members);
    sorted.sort((a, b) -> a.id().compareTo(b.id()));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).id().equals(sorted.get(i - 1).id())) {
        throw new IllegalArgumentException("two members are named " + sorted.get(i).id());
      }
    }
    if (sorted.stream().noneMatch(m -> m.role().votes())) {
      throw new IllegalArgumentException("a configuration needs an acceptor");
    }
    members = List.copyOf(sorted);
  }

  /** One that leaves the mode to each node's file. */
  public Configuration(List<Member> members, String quorum) {
    this(members, quorum, Optional.empty());
  }

  /** The same with other members. */
  public Configuration members(List<Member> others) {
    return new Configuration(others, quorum, mode);
  }

  /** The same with another quorum system. */
  public Configuration quorum(String other) {
    return new Configuration(members, other, mode);
  }

  /** The same in another mode. */
  public Configuration mode(ConsensusMode other) {
    return new Configuration(members, quorum, Optional.of(other));
  }

  /** The member of that id, if there is one. */
  public Optional<Member> member(NodeId id) {
    for (Member m : members) {
      if (m.id().equals(id)) {
        return Optional.of(m);
      }
    }
    return Optional.empty();
  }

  /** The ids of those who vote, in order. */
  public List<NodeId> acceptors() {
    return members.stream().filter(m -> m.role().votes()).map(Member::id).toList();
  }

  /** The ids of those who keep the state machine, in order. */
  public List<NodeId> learners() {
    return members.stream().filter(m -> m.role().learns()).map(Member::id).toList();
  }

  /** The ids of those who vote only while another is silent, in order. */
  public Set<NodeId> auxiliaries() {
    Set<NodeId> ids = new TreeSet<>();
    for (Member m : members) {
      if (m.role() == Role.AUXILIARY) {
        ids.add(m.id());
      }
    }
    return ids;
  }

  /** The members that are no processes, in order of their ids. */
  public List<Member> passive() {
    return members.stream().filter(m -> m.role() == Role.PASSIVE).toList();
  }

  /** Whether that member is an auxiliary: it keeps no state machine, and is left alone. */
  public boolean isAuxiliary(NodeId id) {
    return member(id).filter(m -> m.role() == Role.AUXILIARY).isPresent();
  }

  /**
   * Whether the store {@code incarnation} of {@code id} votes here; quorums count both.
   *
   * @param founding whether it is known to be the first under its id
   */
  public boolean votes(NodeId id, Incarnation incarnation, boolean founding) {
    return member(id)
        .filter(m -> m.role().votes() && m.isStore(incarnation, founding)).isPresent();
  }

  /**
   * What is wrong with it as something to work under, for people; empty if nothing is. The quorum
   * system is checked by whoever makes it.
   */
  public Optional<String> flaw() {
    Map<URI, NodeId> byAddress = new HashMap<>();
    for (Member member : members) {
      NodeId other = byAddress.putIfAbsent(member.acceptor(), member.id());
      if (other != null) {
        return Optional.of(other + " and " + member.id() + " have the same address "
            + member.place());
      }
    }
    return members.stream().anyMatch(m -> m.role().leads()) ? Optional.empty()
        : Optional.of("nobody could lead: no member has the role acceptor or proposer");
  }

  /** Whether a member of that id may lead here. */
  public boolean mayLead(NodeId id) {
    return member(id).filter(m -> m.role().leads()).isPresent();
  }

  /** Whether the two differ at most in the stores that stand behind their members. */
  public boolean sameSeats(Configuration other) {
    return quorum.equals(other.quorum) && mode.equals(other.mode)
        && anyStores().equals(other.anyStores());
  }

  private List<Member> anyStores() {
    return members.stream()
        .map(m -> new Member(m.id(), Incarnation.FOUNDING, m.acceptor(), m.role())).toList();
  }

  /**
   * Writes all parts; {@link #readFrom} reads them back. A mode goes first, behind a 0 that is no
   * count of members: without one the bytes are those of releases that knew no mode, and they
   * refuse bytes with one.
   */
  void writeTo(DataOutput out) throws IOException {
    if (mode.isPresent()) {
      out.writeInt(MODE_FOLLOWS);
      out.writeByte(mode.get().ordinal());
    }
    out.writeInt(members.size());
    for (Member member : members) {
      out.writeUTF(member.id().name());
      out.writeLong(member.incarnation().number());
      out.writeUTF(member.acceptor().toString());
      out.writeByte(member.role().ordinal());
    }
    out.writeUTF(quorum);
  }

  /** Reads what {@link #writeTo} wrote; refuses anything else with an IllegalArgumentException. */
  static Configuration readFrom(DataInput in) throws IOException {
    Optional<ConsensusMode> mode = Optional.empty();
    int count = in.readInt();
    if (count == MODE_FOLLOWS) {
      mode = Optional.of(readMode(in));
      count = in.readInt();
    }
    if (count < 1 || count > MOST_MEMBERS) {
      throw new IllegalArgumentException("a configuration of " + count + " members");
    }
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodeId id = NodeId.of(in.readUTF());
      Incarnation incarnation = new Incarnation(in.readLong());
      URI acceptor = URI.create(in.readUTF());
      int role = in.readByte();
      if (role < 0 || role >= Role.values().length) {
        throw new IllegalArgumentException("no role has the number " + role);
      }
      members.add(new Member(id, incarnation, acceptor, Role.values()[role]));
    }
    return new Configuration(members, in.readUTF(), mode);
  }

  private static ConsensusMode readMode(DataInput in) throws IOException {
    int mode = in.readByte();
    if (mode < 0 || mode >= ConsensusMode.values().length) {
      throw new IllegalArgumentException("no consensus mode has the number " + mode);
    }
    return ConsensusMode.values()[mode];
  }

  /** The ids of all members, in order. */
  public List<NodeId> ids() {
    return members.stream().map(Member::id).toList();
  }
}

package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A change of the configuration in force, as somebody asks for it. */
public sealed interface Change {
  /**
   * What follows {@code before}. Refuses what makes no sense there with an
   * IllegalArgumentException that names the member at fault.
   */
  Configuration applyTo(Configuration before);

  /** A node becomes a member. */
  record Add(Seat seat) implements Change {
    @Override
    public Configuration applyTo(Configuration before) {
      if (before.member(seat.id()).isPresent()) {
        throw new IllegalArgumentException(seat.id() + " is a member already; 'replace "
            + seat.id() + " " + seat + "' gives it another store or address");
      }
      List<Member> members = new ArrayList<>(before.members());
      members.add(seat.member(before));
      return before.members(members);
    }
  }

  /** A member leaves. */
  record Remove(NodeId id) implements Change {
    @Override
    public Configuration applyTo(Configuration before) {
      List<Member> members = new ArrayList<>(before.members());
      members.remove(named(before, id));
      return before.members(members);
    }
  }

  /**
   * A node takes the place of a member. With the member's own id it names the store that answers
   * under that id now, as after the loss of a disk, or another address.
   */
  record Replace(NodeId old, Seat seat) implements Change {
    @Override
    public Configuration applyTo(Configuration before) {
      List<Member> members = new ArrayList<>(before.members());
      members.remove(named(before, old));
      if (!seat.id().equals(old) && before.member(seat.id()).isPresent()) {
        throw new IllegalArgumentException(seat.id() + " is a member already and cannot replace "
            + old + "; 'remove " + old + "' leaves the others");
      }
      members.add(seat.member(before));
      return before.members(members);
    }
  }

  /** These and no others are members. */
  record Set(List<Seat> seats) implements Change {
    /** Copies the list. */
    public Set {
      seats = List.copyOf(seats);
    }

    @Override
    public Configuration applyTo(Configuration before) {
      return before.members(seats.stream().map(seat -> seat.member(before)).toList());
    }
  }

  /**
   * These members with these quorums, in one step.
   *
   * @param spec as in {@link Quorum}
   */
  record Whole(List<Seat> seats, String spec) implements Change {
    /** Copies the list. */
    public Whole {
      seats = List.copyOf(seats);
      Objects.requireNonNull(spec, "spec");
    }

    @Override
    public Configuration applyTo(Configuration before) {
      return new Set(seats).applyTo(before).quorum(spec);
    }
  }

  /**
   * The same members with other quorums.
   *
   * @param spec the name of a quorum system, with its parameters behind a colon if it has some,
   *     such as {@code majority}, {@code flexible:read=2} or {@code weighted:n1=2,n2=1,n3=1}
   */
  record Quorum(String spec) implements Change {
    /** Refuses a missing part. */
    public Quorum {
      Objects.requireNonNull(spec, "spec");
    }

    @Override
    public Configuration applyTo(Configuration before) {
      return before.quorum(spec);
    }
  }

  /** The same members and quorums in another consensus mode. */
  record Mode(ConsensusMode mode) implements Change {
    /** Refuses a missing part. */
    public Mode {
      Objects.requireNonNull(mode, "mode");
    }

    @Override
    public Configuration applyTo(Configuration before) {
      return before.mode(mode);
    }
  }

  private static Member named(Configuration before, NodeId id) {
    return before.member(id).orElseThrow(() -> new IllegalArgumentException(
        id + " is no member; members are " + before.ids()));
  }
}

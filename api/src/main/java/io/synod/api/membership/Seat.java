package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.transport.PeerAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** A place in a wanted configuration: which node, where it is reached, and what it does. */
public record Seat(NodeId id, URI acceptor, Role role) {
  /** Refuses missing parts. */
  public Seat {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(acceptor, "acceptor");
    Objects.requireNonNull(role, "role");
  }

  /** A replica process that votes, learns and may lead. */
  public static Seat of(NodeId id, PeerAddress address) {
    return new Seat(id, URI.create("node://" + address), Role.ACCEPTOR);
  }

  /** The place that a member has now. */
  public static Seat of(Member member) {
    return new Seat(member.id(), member.acceptor(), member.role());
  }

  /**
   * Reads {@code id@host:port}, with {@code =learner}, {@code =auxiliary} or {@code =acceptor}
   * behind it for another role than acceptor; the message of the exception repeats the text.
   */
  public static Seat parse(String text) {
    int at = text.indexOf('@');
    if (at <= 0) {
      throw new IllegalArgumentException("expected id@host:port but found '" + text + "'");
    }
    int equals = text.indexOf('=', at);
    String address = equals < 0 ? text.substring(at + 1) : text.substring(at + 1, equals);
    Seat seat = of(NodeId.of(text.substring(0, at)), PeerAddress.parse(address));
    return equals < 0 ? seat : seat.as(role(text.substring(equals + 1)));
  }

  private static Role role(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no role is named '" + name + "'; known are acceptor, learner, auxiliary", e);
    }
  }

  /** The same node in another role. */
  public Seat as(Role other) {
    return new Seat(id, acceptor, other);
  }

  /** The member that takes this place in what follows {@code before}: its store, if it has one. */
  Member member(Configuration before) {
    Incarnation store = before.member(id).map(Member::incarnation).orElse(Incarnation.FOUNDING);
    return new Member(id, store, acceptor, role);
  }

  @Override
  public String toString() {
    return id + "@" + acceptor.getAuthority()
        + (role == Role.ACCEPTOR ? "" : "=" + role.name().toLowerCase(Locale.ROOT));
  }
}

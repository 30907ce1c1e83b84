package io.synod.api.membership;

import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.transport.PeerAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** A place in a wanted configuration: which node, where it is reached, and what it does. */
public record Seat(NodeId id, URI acceptor, Role role) {
  private static final Pattern PASSIVE = Pattern.compile("[a-z][a-z0-9+.-]*://|jdbc:");

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
   * Reads {@code id@host:port}, with {@code =learner}, {@code =auxiliary}, {@code =proposer} or
   * {@code =acceptor} behind it for another role than acceptor; or {@code id@scheme://…} or
   * {@code id@jdbc:…} for a passive acceptor. The message of the exception repeats the text.
   */
  public static Seat parse(String text) {
    int at = text.indexOf('@');
    if (at <= 0) {
      throw new IllegalArgumentException("expected id@host:port but found '" + text + "'");
    }
    if (PASSIVE.matcher(text.substring(at + 1)).lookingAt()) {
      return passive(NodeId.of(text.substring(0, at)), text.substring(at + 1));
    }
    int equals = text.indexOf('=', at);
    String address = equals < 0 ? text.substring(at + 1) : text.substring(at + 1, equals);
    Seat seat = of(NodeId.of(text.substring(0, at)), PeerAddress.parse(address));
    return equals < 0 ? seat : seat.as(role(text.substring(equals + 1)));
  }

  private static Seat passive(NodeId id, String uri) {
    try {
      return new Seat(id, new URI(uri), Role.PASSIVE);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the address of " + id + " is no URI: " + e.getMessage(), e);
    }
  }

  private static Role role(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "no role is named '" + name + "'; known are acceptor, learner, auxiliary, proposer", e);
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
    if (role == Role.PASSIVE) {
      return id + "@" + acceptor;
    }
    return id + "@" + acceptor.getAuthority()
        + (role == Role.ACCEPTOR ? "" : "=" + role.name().toLowerCase(Locale.ROOT));
  }
}

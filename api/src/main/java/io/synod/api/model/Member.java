package io.synod.api.model;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One member of a configuration. The acceptor's address is a URI whose scheme names the kind of
 * acceptor: {@code node://host:port} is a replica process, any other scheme that of a passive
 * acceptor, which is no process.
 */
public record Member(NodeId id, Incarnation incarnation, URI acceptor, Role role) {
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^;&]*");

  /** Refuses missing parts. */
  public Member {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(incarnation, "incarnation");
    Objects.requireNonNull(acceptor, "acceptor");
    Objects.requireNonNull(role, "role");
    if ("node".equals(acceptor.getScheme()) == (role == Role.PASSIVE)) {
      throw new IllegalArgumentException(id + " at " + acceptor + " cannot have the role " + role
          + ": a process has an address node://host:port, a passive acceptor another one");
    }
  }

  /** Where it is, for people; a password in the address is left out. */
  public String place() {
    return role != Role.PASSIVE ? acceptor.getAuthority()
        : PASSWORD.matcher(acceptor.toString()).replaceAll("$1***");
  }

  /**
   * Whether {@code store} is the one meant: the one named, or the first under its id.
   *
   * @param founding whether it is known to be the first under its id
   */
  public boolean isStore(Incarnation store, boolean founding) {
    return incarnation.equals(Incarnation.FOUNDING) ? founding : incarnation.equals(store);
  }

  /** A replica process of the configuration file, at {@code host:port}. */
  public static Member founding(String id, String hostPort) {
    URI address = URI.create("node://" + hostPort);
    return new Member(NodeId.of(id), Incarnation.FOUNDING, address, Role.ACCEPTOR);
  }
}

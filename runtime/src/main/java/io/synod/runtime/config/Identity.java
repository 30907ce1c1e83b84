package io.synod.runtime.config;

import io.synod.api.membership.Seat;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.Setting;
import io.synod.api.plugin.Settings;
import io.synod.api.transport.PeerAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Who a node is, who the members are, where it listens; what is wrong goes to the errors. */
final class Identity {
  private final Settings settings;
  private final Function<Setting<?>, String> where;
  private final List<String> errors;
  private final Optional<NodeId> node;
  private final List<Seat> seats = new ArrayList<>();
  private final SortedMap<NodeId, PeerAddress> members;
  private final Optional<PeerAddress> listen;

  Identity(Settings settings, Function<Setting<?>, String> where, List<String> errors) {
    this.settings = settings;
    this.where = where;
    this.errors = errors;
    this.node = readNode();
    this.members = readMembers();
    this.listen = readListen();
  }

  Optional<NodeId> node() {
    return node;
  }

  SortedMap<NodeId, PeerAddress> members() {
    return members;
  }

  /** Era 0 with these quorums and mode; empty if the members are not sound (told already). */
  Optional<Configuration> founders(String quorum, Optional<ConsensusMode> mode) {
    if (seats.stream().noneMatch(seat -> seat.role().votes())) {
      if (!seats.isEmpty()) {
        wrong(RuntimeSettings.MEMBERS, "nobody votes: all are learners or proposers");
      }
      return Optional.empty();
    }
    List<Member> all = seats.stream()
        .map(s -> new Member(s.id(), Incarnation.FOUNDING, s.acceptor(), s.role())).toList();
    return Optional.of(new Configuration(all, quorum, mode));
  }

  Optional<PeerAddress> listen() {
    return listen;
  }

  Path data() {
    return Path.of(settings.get(RuntimeSettings.DATA));
  }

  private Optional<NodeId> readNode() {
    if (missing(RuntimeSettings.NODE, "give the id of this node, such as n1")) {
      return Optional.empty();
    }
    try {
      return Optional.of(NodeId.of(settings.get(RuntimeSettings.NODE)));
    } catch (IllegalArgumentException e) {
      wrong(RuntimeSettings.NODE, e.getMessage());
      return Optional.empty();
    }
  }

  private SortedMap<NodeId, PeerAddress> readMembers() {
    SortedMap<NodeId, PeerAddress> read = new TreeMap<>();
    if (missing(RuntimeSettings.MEMBERS, "give the first members as id@host:port,…")) {
      return read;
    }
    Map<PeerAddress, NodeId> owners = new LinkedHashMap<>();
    for (String text : settings.get(RuntimeSettings.MEMBERS).split(",")) {
      try {
        addMember(text.strip(), read, owners);
      } catch (IllegalArgumentException e) {
        wrong(RuntimeSettings.MEMBERS, e.getMessage());
      }
    }
    return read;
  }

  private void addMember(
      String text, SortedMap<NodeId, PeerAddress> members, Map<PeerAddress, NodeId> owners) {
    Seat seat = Seat.parse(text);
    NodeId id = seat.id();
    if (seats.stream().anyMatch(other -> other.id().equals(id))) {
      throw new IllegalArgumentException("two members are named " + id);
    }
    seats.add(seat);
    if (seat.role() == Role.PASSIVE) {
      return; // no node connects to it
    }
    PeerAddress address = PeerAddress.parse(seat.acceptor().getAuthority());
    members.put(id, address);
    NodeId owner = owners.put(address, id);
    if (owner != null) {
      throw new IllegalArgumentException(
          owner + " and " + id + " have the same address " + address);
    }
  }

  private Optional<PeerAddress> readListen() {
    String text = settings.get(RuntimeSettings.LISTEN);
    if (!text.isEmpty()) {
      try {
        return Optional.of(PeerAddress.parse(text));
      } catch (IllegalArgumentException e) {
        wrong(RuntimeSettings.LISTEN, e.getMessage());
        return Optional.empty();
      }
    }
    Optional<PeerAddress> own = node.map(members::get);
    if (own.isEmpty() && node.isPresent() && !members.isEmpty()) {
      wrong(RuntimeSettings.NODE, node.get() + " is not in " + RuntimeSettings.MEMBERS.key() + " "
          + members.keySet() + "; add it there, or give " + RuntimeSettings.LISTEN.key()
          + " if it waits to be added");
    }
    return own;
  }

  private boolean missing(Setting<String> setting, String advice) {
    if (!settings.get(setting).isEmpty()) {
      return false;
    }
    wrong(setting, "missing: " + advice);
    return true;
  }

  private void wrong(Setting<?> setting, String problem) {
    errors.add(where.apply(setting) + setting.key() + ": " + problem);
  }
}

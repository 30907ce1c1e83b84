package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.storage.DurableRecord;
import io.synod.api.transport.PeerAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Which era is active, on disk and at the peers: whoever hears of one records it before it says
 * so, and old members are told, too, so that they know what replaced them.
 */
final class EraKeeper {
  private final LayerContext context;
  private final Authority authority;
  private final TotalOrderBroadcast broadcast;
  private final Consumer<Configuration> members;
  private final Supplier<Map<NodeId, Incarnation>> met;
  private final Map<NodeId, PeerAddress> addresses = new TreeMap<>();
  private Consumer<Map<NodeId, PeerAddress>> addressBook = book -> {};
  private List<Member> passive = List.of();
  private Passives passives = Passives.NONE;
  private Runnable onRecorded = () -> {};
  private Era recorded = Era.ZERO;
  /** The last era that each node has told this one of. */
  private final Map<NodeId, Era> told = new TreeMap<>();

  EraKeeper(
      LayerContext context, Authority authority, TotalOrderBroadcast broadcast,
      Consumer<Configuration> members, Supplier<Map<NodeId, Incarnation>> met) {
    this.context = context;
    this.authority = authority;
    this.broadcast = broadcast;
    this.members = members;
    this.met = met;
  }

  /** Hears where nodes are reached, each time more of that is known. */
  void addressBook(Consumer<Map<NodeId, PeerAddress>> listener) {
    addressBook = listener;
  }

  /** Hears which passive acceptors are to be reached. */
  void passives(Passives those) {
    passives = those;
  }

  /** Whether there are passive acceptors in the eras in use. */
  boolean hasPassive() {
    return !passive.isEmpty();
  }

  /** Is called when this node has an active era on disk. */
  void onRecorded(Runnable listener) {
    onRecorded = listener;
  }

  /** All is replayed. */
  void start() {
    recorded = authority.active();
    authority.eras().configurations().values().forEach(this::reachable);
    members.accept(authority.configuration(authority.active()));
  }

  /** What was made by the decided prefix as a snapshot has it. */
  void restored(Eras asOfSnapshot) {
    authority.restore(asOfSnapshot);
    authority.eras().configurations().values().forEach(this::reachable);
  }

  /** The eras that a restored snapshot shows to be active: to be recorded like any other. */
  void afterRestore() {
    Eras eras = authority.asOfSnapshot();
    if (eras.configurations().containsKey(eras.active())) {
      active(eras.active(), eras.configurations().get(eras.active()));
    }
  }

  /** A fact. */
  void active(Era era, Configuration configuration) {
    Configuration before = authority.configuration(authority.active());
    if (!authority.activate(era, configuration)) {
      return;
    }
    context.events().note("era " + era + " is active: " + configuration.ids());
    context.effects().persist(new DurableRecord.Activated(era, configuration));
    context.effects().whenDurable(() -> recorded(era));
    reachable(configuration);
    members.accept(configuration);
    tell(before, configuration);
  }

  private void recorded(Era era) {
    recorded = Era.max(recorded, era);
    onRecorded.run();
  }

  private void tell(Configuration before, Configuration now) {
    TreeSet<NodeId> concerned = new TreeSet<>(before.ids());
    concerned.addAll(now.ids());
    concerned.remove(context.self());
    for (NodeId id : concerned) {
      context.effects().sendNow(id, new EraActive(authority.active(), now));
    }
    broadcast.report();
  }

  /** To whom it is no news, it is a question how far this node is. */
  void onMessage(NodeId from, EraActive message) {
    if (message.era().compareTo(authority.active()) > 0) {
      told.put(from, message.era());
      active(message.era(), message.configuration());
    } else if (!isLeftAlone() || message.era().equals(told.put(from, message.era()))) {
      broadcast.reportTo(from);
    }
  }

  /** An auxiliary says nothing to who tells it of an era, but to who tells it twice. */
  private boolean isLeftAlone() {
    return authority.configuration(authority.active()).isAuxiliary(context.self());
  }

  /** Whether {@code id} has said, or this node itself has it on disk, that the era is active. */
  boolean recorded(NodeId id, Era era) {
    if (id.equals(context.self())) {
      return recorded.compareTo(era) >= 0;
    }
    return broadcast.standing(id).filter(s -> s.active().compareTo(era) >= 0).isPresent();
  }

  /** The store that answers under an id now, if it was heard. */
  Optional<Incarnation> store(NodeId id) {
    return id.equals(context.self()) ? Optional.of(context.incarnation())
        : broadcast.standing(id).map(Progress::incarnation);
  }

  /** Whether another store answers under a member's id now than the one that votes. */
  boolean replaced(Member member) {
    Optional<Incarnation> now = store(member.id());
    return now.isPresent() && !now.get().equals(voting(member).orElse(now.get()));
  }

  /** The store of a member that votes: the one named, or the first that was met. */
  Optional<Incarnation> voting(Member member) {
    return member.incarnation().equals(Incarnation.FOUNDING)
        ? Optional.ofNullable(met.get().get(member.id()))
        : Optional.of(member.incarnation());
  }

  /** Whether a node has said anything of itself within that time. */
  boolean hears(NodeId id, long withinNanos) {
    return id.equals(context.self())
        || broadcast.silence(id).orElse(Long.MAX_VALUE) <= withinNanos;
  }

  /** How far a node's decided prefix goes, as it has said itself. */
  InstanceId decided(NodeId id) {
    return id.equals(context.self()) ? broadcast.decided()
        : broadcast.standing(id).map(Progress::decided).orElse(InstanceId.NONE);
  }

  /** The members of this configuration can be reached from now on. */
  void reachable(Configuration configuration) {
    boolean changed = false;
    for (Member member : configuration.members()) {
      if (member.role() != Role.PASSIVE) {
        PeerAddress address = PeerAddress.parse(member.acceptor().getAuthority());
        changed |= !address.equals(addresses.put(member.id(), address));
      }
    }
    if (changed) {
      addressBook.accept(new TreeMap<>(addresses));
    }
    reachPassive(configuration);
  }

  /** Those of eras that somebody may still ask for, and of one that is wanted. */
  private void reachPassive(Configuration configuration) {
    TreeMap<NodeId, Member> known = new TreeMap<>();
    authority.eras().configurations().values()
        .forEach(c -> c.passive().forEach(member -> known.put(member.id(), member)));
    configuration.passive().forEach(member -> known.put(member.id(), member));
    List<Member> now = List.copyOf(known.values());
    if (!now.equals(passive)) {
      passive = now;
      passives.members(now);
    }
  }
}

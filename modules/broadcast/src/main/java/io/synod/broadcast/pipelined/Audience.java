package io.synod.broadcast.pipelined;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Who is told of decisions: the members of the eras in use, and nodes invited to catch up before
 * they become members. Knows what each has said of itself last.
 */
final class Audience {
  private final LayerContext context;
  private final Authority authority;
  private final TreeSet<NodeId> invited = new TreeSet<>();
  private final Map<NodeId, Heard> standings = new TreeMap<>();

  private record Heard(Progress progress, long atNanos) {}

  Audience(LayerContext context, Authority authority) {
    this.context = context;
    this.authority = authority;
  }

  /** Invited again, a node is asked again how far it is. */
  void invite(NodeId node, boolean welcome) {
    if (welcome) {
      invited.add(node);
      tellActiveEra(node);
    } else {
      invited.remove(node);
    }
  }

  Optional<Progress> standing(NodeId peer) {
    return Optional.ofNullable(standings.get(peer)).map(Heard::progress);
  }

  OptionalLong silence(NodeId peer) {
    Heard heard = standings.get(peer);
    return heard == null ? OptionalLong.empty()
        : OptionalLong.of(context.clock().nanos() - heard.atNanos());
  }

  /** Sends to everybody else at the end of this turn. */
  void tell(Message message) {
    toOthers(id -> context.effects().sendNow(id, message));
  }

  /** Sends to everybody else what must be on disk before. */
  void report(Progress progress) {
    toOthers(id -> context.effects().send(id, progress));
  }

  private void toOthers(Consumer<NodeId> send) {
    List<NodeId> members = authority.audience();
    for (NodeId id : members) {
      if (!id.equals(context.self())) {
        send.accept(id);
      }
    }
    for (NodeId id : invited) {
      if (!members.contains(id)) {
        send.accept(id);
      }
    }
  }

  /** Whoever has missed a change hears of it. */
  void heard(NodeId from, Progress progress, Progress own) {
    standings.put(from, new Heard(progress, context.clock().nanos()));
    if (progress.active().compareTo(authority.active()) < 0) {
      tellActiveEra(from);
    }
    if (!authority.audience().contains(from) && concerns(progress, own)) {
      context.effects().send(from, own);
    }
  }

  /**
   * What a stranger must hear of this node: that it is behind, or, from a member, that the era
   * which it has left is over. The stranger counts that member in its own audience then, so that
   * it does not answer in turn. Two auxiliaries are strangers to each other, and owe no answer.
   */
  private boolean concerns(Progress stranger, Progress own) {
    boolean behind = stranger.decided().before(own.decided());
    boolean sameEra = stranger.active().equals(own.active());
    return behind || sameEra
        && authority.configuration(own.active()).learners().contains(context.self());
  }

  private void tellActiveEra(NodeId to) {
    Era active = authority.active();
    context.effects().sendNow(to, new EraActive(active, authority.configuration(active)));
  }
}

package io.synod.replication;

import io.synod.api.effect.Timers;
import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.MembershipStatus;
import io.synod.api.membership.MembershipStatus.Standing;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.ReconfigMessage.AskChange;
import io.synod.api.message.ReconfigMessage.ChangeNews;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes changes of configuration at any node: asks whoever leads, again and again, until the
 * outcome is known; and answers those who ask this node while it leads. A change asked for twice,
 * also of two leaders, is made once. Loop thread only.
 */
public final class MembershipDesk {
  private static final long ASK_NANOS = Duration.ofMillis(100).toNanos();
  private static final int MOST_REMEMBERED = 64;

  private final LayerContext context;
  private final Layers layers;
  private final Reconfiguration reconfiguration;
  private final Map<Long, Ask> asks = new LinkedHashMap<>();
  private final Map<Key, Served> served = new LinkedHashMap<>();
  private Timers.Timer timer;

  /** Hears of a change on its way. */
  public interface Listener {
    /** A sentence for people; comes when it is another than before. */
    void doing(String what);

    /** The last call. Never {@link ChangeOutcome.NotLeader}. */
    void done(ChangeOutcome outcome);
  }

  private record Key(NodeId asker, long number) {}

  /** Somebody's change that this node runs, or has run, as the leader. */
  private static final class Served {
    private ChangeOutcome outcome;
  }

  /** A change that somebody wants of this node. */
  private static final class Ask {
    private final Optional<Era> given;
    private final Change change;
    private final Listener listener;
    private final long deadline;
    private AskChange message;
    private String doing = "";
    private boolean acknowledged;

    Ask(Optional<Era> given, Change change, Listener listener, long deadline) {
      this.given = given;
      this.change = change;
      this.listener = listener;
      this.deadline = deadline;
    }
  }

  MembershipDesk(LayerContext context, Layers layers, Reconfiguration reconfiguration) {
    this.context = context;
    this.layers = layers;
    this.reconfiguration = reconfiguration;
  }

  /**
   * Changes the configuration in force.
   *
   * @param expected the era that must be in force; if it is not given, whichever is
   */
  public void change(Optional<Era> expected, Change change, Listener listener) {
    long patience = context.settings().nanos(ReplicationSettings.MEMBERSHIP_TIMEOUT)
        + context.settings().nanos(ReplicationSettings.REQUEST_TIMEOUT);
    Ask ask = new Ask(expected, change, listener, context.clock().nanos() + patience);
    if (begun(ask) && timer == null) {
      timer = context.timers().after(ASK_NANOS, this::askAgain);
    }
  }

  /** Asks the first time, or anew for a later era; false if the change makes no sense there. */
  private boolean begun(Ask ask) {
    Era era = ask.given.orElse(layers.authority().inForce());
    Configuration before = layers.authority().configuration(layers.authority().inForce());
    try {
      ask.message = new AskChange(context.random().nextLong(), era, ask.change.applyTo(before));
    } catch (IllegalArgumentException e) {
      ask.listener.done(new ChangeOutcome.Refused(e.getMessage()));
      return false;
    }
    asks.put(ask.message.number(), ask);
    send(ask);
    return asks.containsKey(ask.message.number());
  }

  private void send(Ask ask) {
    Optional<NodeId> leader = layers.broadcast().leading()
        ? Optional.of(context.self()) : layers.election().leader();
    if (leader.isEmpty()) {
      doing(ask, "no leader is known");
    } else if (leader.get().equals(context.self())) {
      onAsk(context.self(), ask.message);
    } else {
      context.effects().sendNow(leader.get(), ask.message);
    }
  }

  private void askAgain() {
    timer = null;
    for (Ask ask : List.copyOf(asks.values())) {
      if (context.clock().nanos() - ask.deadline >= 0) {
        end(ask, overdue(ask));
      } else {
        send(ask);
      }
    }
    if (!asks.isEmpty()) {
      timer = context.timers().after(ASK_NANOS, this::askAgain);
    }
  }

  private static ChangeOutcome overdue(Ask ask) {
    return ask.acknowledged
        ? new ChangeOutcome.Indeterminate("no leader told the outcome in time; the last that was"
            + " heard: " + ask.doing)
        : new ChangeOutcome.Refused("no leader could be reached in time");
  }

  private void end(Ask ask, ChangeOutcome outcome) {
    asks.remove(ask.message.number());
    ask.listener.done(outcome);
  }

  private static void doing(Ask ask, String what) {
    if (!what.equals(ask.doing)) {
      ask.doing = what;
      ask.listener.doing(what);
    }
  }

  /** Somebody asks this node, which perhaps leads, or has led when it was asked first. */
  void onAsk(NodeId from, AskChange ask) {
    Key key = new Key(from, ask.number());
    if (!served.containsKey(key)) {
      remember(key);
      reconfiguration.change(ask.expected(), ask.wanted(), outcome -> ended(key, outcome));
    }
    Served mine = served.get(key);
    if (mine != null && mine.outcome == null) {
      tell(from, new ChangeNews(
          ask.number(), reconfiguration.doing().orElse(""), Optional.empty()));
    } else if (mine != null) {
      tell(from, new ChangeNews(ask.number(), "", Optional.of(mine.outcome)));
    }
  }

  private void remember(Key key) {
    served.put(key, new Served());
    if (served.size() > MOST_REMEMBERED) {
      served.entrySet().stream().filter(e -> e.getValue().outcome != null).findFirst()
          .ifPresent(e -> served.remove(e.getKey()));
    }
  }

  private void ended(Key key, ChangeOutcome outcome) {
    if (outcome instanceof ChangeOutcome.NotLeader) {
      served.remove(key); // the same question may find this node leading later
      tell(key.asker, new ChangeNews(key.number, "", Optional.of(outcome)));
      return;
    }
    served.get(key).outcome = outcome;
    tell(key.asker, new ChangeNews(key.number, "", Optional.of(outcome)));
  }

  private void tell(NodeId asker, ChangeNews news) {
    if (asker.equals(context.self())) {
      onNews(news);
    } else {
      context.effects().sendNow(asker, news);
    }
  }

  /** What a leader says of a change that this node has asked for. */
  void onNews(ChangeNews news) {
    Ask ask = asks.get(news.number());
    if (ask == null) {
      return; // the answer to a question that was asked twice
    }
    if (news.outcome().isEmpty()) {
      ask.acknowledged = true;
      doing(ask, news.doing());
    } else if (!(news.outcome().get() instanceof ChangeOutcome.NotLeader)) {
      concluded(ask, news.outcome().get());
    }
  }

  private void concluded(Ask ask, ChangeOutcome outcome) {
    boolean refused = outcome instanceof ChangeOutcome.Refused;
    boolean outdated = !ask.message.expected().equals(layers.authority().inForce());
    if (refused && outdated && ask.given.isEmpty() && !ask.acknowledged) {
      asks.remove(ask.message.number());
      begun(ask); // a change that this node had not yet heard of came before
    } else if (refused && outdated && ask.acknowledged) {
      end(ask, new ChangeOutcome.Indeterminate("leaders changed meanwhile, and the last one says: "
          + ((ChangeOutcome.Refused) outcome).reason()));
    } else {
      end(ask, outcome);
    }
  }

  /** What this node knows of members. */
  public MembershipStatus status() {
    Eras known = layers.authority().eras();
    Configuration active = known.configurations().get(known.active());
    Optional<Configuration> pending = known.made().compareTo(known.active()) > 0
        ? layers.authority().known(known.made()) : Optional.empty();
    TreeSet<NodeId> concerned = new TreeSet<>(active.ids());
    pending.ifPresent(p -> concerned.addAll(p.ids()));
    concerned.addAll(reconfiguration.concerned());
    concerned.add(context.self());
    List<Standing> standings = new ArrayList<>();
    concerned.forEach(id -> standings.add(standing(id)));
    return new MembershipStatus(
        known.active(), active, known.made(), pending, reconfiguration.doing(), standings);
  }

  private Standing standing(NodeId id) {
    if (id.equals(context.self())) {
      return new Standing(id, Optional.of(context.incarnation()),
          Optional.of(layers.broadcast().decided()), Optional.of(layers.authority().active()),
          Optional.of(Duration.ZERO));
    }
    Optional<Progress> said = layers.broadcast().standing(id);
    Optional<Duration> silence = layers.broadcast().silence(id).stream()
        .mapToObj(Duration::ofNanos).findFirst();
    return new Standing(id, said.map(Progress::incarnation), said.map(Progress::decided),
        said.map(Progress::active), silence);
  }
}

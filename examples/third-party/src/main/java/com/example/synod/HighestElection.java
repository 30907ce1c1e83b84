package com.example.synod;

import io.synod.api.election.WeakLeaderElection;
import io.synod.api.message.ElectionMessage;
import io.synod.api.message.ElectionMessage.Alive;
import io.synod.api.model.Configuration;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Everybody that may lead says so with each sign of life, by naming itself as trusted; of those
 * heard in time the one with the highest id leads. Who crashes and recovers for ever disturbs it,
 * which a production election would count against it (see {@code spring}).
 */
final class HighestElection implements WeakLeaderElection {
  private static final Comparator<NodeId> BY_ID = Comparator.naturalOrder();

  private final LayerContext context;
  private final long heartbeat;
  private final long timeout;
  /** When each peer was last heard. Sorted: nothing may depend on hash order. */
  private final Map<NodeId, Long> heard = new TreeMap<>();
  private final Map<NodeId, Boolean> candidates = new TreeMap<>();
  private Configuration members;
  private Consumer<Optional<NodeId>> listener = leader -> { };
  private Optional<NodeId> leader = Optional.empty();
  private boolean eligible = true;
  /** Whether there was time to hear of a higher id. */
  private boolean listened;

  HighestElection(LayerContext context) {
    this.context = context;
    this.members = context.founders();
    this.heartbeat = context.settings().nanos(HighestPlugin.HEARTBEAT);
    this.timeout = context.settings().nanos(HighestPlugin.TIMEOUT);
  }

  @Override
  public Optional<NodeId> leader() {
    return leader;
  }

  @Override
  public void onChange(Consumer<Optional<NodeId>> newListener) {
    listener = newListener;
  }

  @Override
  public void start(long epoch) {
    beat();
    context.timers().after(timeout, () -> {
      listened = true;
      update();
    });
  }

  private void beat() {
    Alive alive = new Alive(
        Map.of(), eligible ? Optional.of(context.self()) : Optional.empty());
    members.ids().stream().filter(id -> !id.equals(context.self()))
        .forEach(id -> context.effects().sendNow(id, alive));
    update();
    context.timers().after(heartbeat, this::beat);
  }

  @Override
  public void eligible(boolean mayLead) {
    eligible = mayLead;
    update();
  }

  @Override
  public void members(Configuration configuration) {
    members = configuration;
    update();
  }

  @Override
  public void onMessage(NodeId from, ElectionMessage message) {
    if (message instanceof Alive alive) {
      candidates.put(from, alive.trusted().equals(Optional.of(from)));
      update();
    }
  }

  @Override
  public void onSignOfLife(NodeId from) {
    heard.put(from, context.clock().nanos());
  }

  @Override
  public void prefer(NodeId successor) {
    context.events().note("the highest id leads: not " + successor);
  }

  @Override
  public void onDeposed() {
    // It tries again in a higher ballot as long as it is the highest.
  }

  private void update() {
    Stream<NodeId> self = Stream.of(context.self()).filter(id -> eligible);
    Optional<NodeId> next = Stream.concat(self, candidates.keySet().stream().filter(this::counts))
        .filter(members::mayLead).max(BY_ID);
    if (listened && !next.equals(leader)) {
      context.events().note("leader " + next.map(NodeId::name).orElse("unknown") + ", highest");
      leader = next;
      listener.accept(next);
    }
  }

  private boolean counts(NodeId id) {
    long silent = context.clock().nanos() - heard.getOrDefault(id, 0L);
    return candidates.get(id) && heard.containsKey(id) && silent < timeout;
  }
}

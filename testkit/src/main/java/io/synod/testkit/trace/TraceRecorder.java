package io.synod.testkit.trace;

import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.replication.ReadMode;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.oracle.Command;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import io.synod.testkit.oracle.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Turns what observers are told into the events of a trace. Told before the oracles, so that a
 * violation follows what caused it.
 */
public final class TraceRecorder implements Observer, WorldObserver {
  private final Surroundings world;
  private final Consumer<TraceEvent> sink;
  private final InFlight inFlight = new InFlight();
  private final Map<NodeId, Long> decided = new TreeMap<>();
  private final Map<NodeId, Ballot> led = new TreeMap<>();
  private List<String> cut = List.of();

  /** What the recorder looks up. */
  public interface Surroundings {
    /** Virtual nanoseconds. */
    long now();

    /** How many nodes there are. */
    int nodes();

    /** The node with that index. */
    NodeId node(int index);

    /** Whether that direction of a link is cut now. */
    boolean cut(int from, int to);
  }

  /** Tells {@code sink} each event as it happens. */
  public TraceRecorder(Surroundings world, Consumer<TraceEvent> sink) {
    this.world = world;
    this.sink = sink;
  }

  @Override
  public void began(String variant, long seed) {
    List<String> nodes = new ArrayList<>();
    for (int i = 0; i < world.nodes(); i++) {
      nodes.add(world.node(i).name());
    }
    sink.accept(
        new TraceEvent.Run(world.now(), TraceEvent.Run.FORMAT, variant, seed, nodes));
  }

  @Override
  public void started(Life life) {
    decided.remove(life.node());
    emit(new TraceEvent.Started(world.now(), life.node().name(), life.number()));
  }

  @Override
  public void stopped(Life life) {
    emit(new TraceEvent.Stopped(world.now(), life.node().name(), life.number()));
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    emit(new TraceEvent.Recovered(world.now(), life.node().name(), content(record)));
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    emit(new TraceEvent.Persisted(world.now(), life.node().name(), content(record)));
    if (record instanceof DurableRecord.DecidedUpTo mark) {
      decided(life.node(), mark.upTo());
    }
  }

  @Override
  public void forced(Life life, DurableRecord record) {
    emit(new TraceEvent.Forced(world.now(), life.node().name(), content(record)));
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    TraceEvent.Content content = content(message);
    NodeId node = from.node();
    long id = inFlight.sent(node.name(), to.name(), content);
    emit(new TraceEvent.Sent(world.now(), node.name(), to.name(), id, content));
    if (message instanceof RegisterMessage register) {
      registerState(node, register);
    } else if (message instanceof BroadcastMessage.Decided claim) {
      decided(node, claim.upTo());
    }
  }

  private void registerState(NodeId node, RegisterMessage message) {
    String ballot = message.ballot().toString();
    if (message instanceof RegisterMessage.Promise) {
      emit(new TraceEvent.Promised(world.now(), node.name(), ballot));
    } else if (message instanceof RegisterMessage.Accepted accepted) {
      emit(new TraceEvent.Voted(world.now(), node.name(), ballot, accepted.upTo().number()));
    } else if (message instanceof RegisterMessage.Accept accept) {
      decided(node, accept.decided());
    } else if (message instanceof RegisterMessage.Adopt adopt
        && !adopt.ballot().equals(led.put(node, adopt.ballot()))) {
      emit(new TraceEvent.Leads(
          world.now(), node.name(), ballot, adopt.oneC().era().number()));
    }
  }

  private void decided(NodeId node, InstanceId upTo) {
    if (upTo.number() > decided.getOrDefault(node, 0L)) {
      decided.put(node, upTo.number());
      emit(new TraceEvent.Decided(world.now(), node.name(), upTo.number()));
    }
  }

  @Override
  public void received(Life to, NodeId from, Message message) {
    TraceEvent.Content content = content(message);
    String node = to.node().name();
    long id = inFlight.arrived(from.name(), node, content);
    emit(new TraceEvent.Received(world.now(), node, from.name(), id, content));
  }

  @Override
  public void lost(int from, int to, Message message, String reason) {
    TraceEvent.Content content = content(message);
    String node = world.node(from).name();
    String peer = world.node(to).name();
    long id = inFlight.arrived(node, peer, content);
    emit(new TraceEvent.Lost(world.now(), node, peer, id, reason, content));
  }

  @Override
  public void delivered(Life life, InstanceId instance, Value value) {
    decided(life.node(), instance);
    emit(new TraceEvent.Delivered(
        world.now(), life.node().name(), instance.number(), value.toString()));
  }

  @Override
  public void installed(Life life, InstanceId last) {
    emit(new TraceEvent.Installed(world.now(), life.node().name(), last.number()));
  }

  @Override
  public void restored(Life life, InstanceId last) {
    if (last.number() > 0) {
      installed(life, last);
    }
  }

  @Override
  public void invoked(Command command) {
    emit(new TraceEvent.Invoked(world.now(), command.toString()));
  }

  @Override
  public void acknowledged(Command command, InstanceId instance, long count) {
    emit(new TraceEvent.Acknowledged(
        world.now(), command.toString(), instance.number(), count));
  }

  @Override
  public void readInvoked(long request, ReadMode mode) {
    emit(new TraceEvent.Invoked(world.now(), "read " + request));
  }

  @Override
  public void readAnswered(long request, ReadMode mode, long count) {
    emit(new TraceEvent.Acknowledged(world.now(), "read " + request, null, count));
  }

  @Override
  public void fault(String name) {
    emit(new TraceEvent.Fault(world.now(), name));
  }

  @Override
  public void healed() {
    cut = List.of();
    emit(new TraceEvent.Heal(world.now(), true));
  }

  @Override
  public void violated(Violation violation) {
    emit(new TraceEvent.Violated(
        world.now(), violation.property(), violation.first(), violation.second()));
  }

  /** Links are cut and joined silently: nothing has happened since, so that now is exact enough. */
  private void emit(TraceEvent event) {
    List<String> now = cutLinks();
    if (!now.equals(cut)) {
      cut = now;
      sink.accept(now.isEmpty()
          ? new TraceEvent.Heal(world.now(), false)
          : new TraceEvent.Partition(world.now(), now));
    }
    sink.accept(event);
  }

  private List<String> cutLinks() {
    List<String> links = new ArrayList<>();
    for (int from = 0; from < world.nodes(); from++) {
      for (int to = 0; to < world.nodes(); to++) {
        if (world.cut(from, to)) {
          links.add(world.node(from) + ">" + world.node(to));
        }
      }
    }
    return links;
  }

  private static TraceEvent.Content content(Object messageOrRecord) {
    return Contents.of((Record) messageOrRecord);
  }
}

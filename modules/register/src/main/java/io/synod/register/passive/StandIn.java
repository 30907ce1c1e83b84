package io.synod.register.passive;

import io.synod.api.effect.Effects;
import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.message.RegisterMessage;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.plugin.LayerContext;
import io.synod.api.reconfig.Authority;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import io.synod.register.acceptor.Durability;
import io.synod.register.acceptor.NodeAcceptor;
import io.synod.register.lease.LeaseSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers this process' messages to a passive acceptor, which cannot answer itself (figure 18 of
 * Deconstructing Paxos; Disk Paxos, Gafni and Lamport). The acceptor's own transition function runs
 * over what this process alone has asked for; every answer waits for an exchange, which writes
 * that to the process' own area and then reads those of all others. It leaves only if nobody has
 * promised more there, and says the maximum over all areas. One exchange at a time serves all that
 * has been asked meanwhile.
 *
 * <p>One thread at a time, which need not be the loop. Whoever drives it calls {@link #next},
 * makes the exchange and tells the outcome by {@link #done}, or by {@link #lost} if it failed.
 */
public final class StandIn {
  /** So many bytes of records, then they are put together. */
  private static final long COMPACT_BYTES = 16L << 20;

  private final LayerContext node;
  private final NodeId passive;
  private final Function<LayerContext, Authority> authorities;
  private final Consumer<Message> answers;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private final Collected collected = new Collected();
  private LayerContext context;
  private Authority authority;
  private NodeAcceptor acceptor;
  private Incarnation met;
  private Era othersAdopted = Era.ZERO;
  private Optional<InstanceId> votesFrom = Optional.empty();
  private Ballot ballot = Ballot.BOTTOM;
  private InstanceId heldByMost = InstanceId.NONE;
  private InstanceId heldByAll = InstanceId.NONE;
  private boolean looks;
  private boolean underWay;
  /** The store that the process has met first; null until that is known. */
  private Incarnation first;
  private long bytes;

  /**
   * For the passive member of that name.
   *
   * @param node the process' own
   * @param authorities makes what knows the eras that this acceptor has heard of
   * @param answers takes what the passive acceptor would say to this process
   */
  public StandIn(
      LayerContext node, NodeId passive, Function<LayerContext, Authority> authorities,
      Consumer<Message> answers) {
    this.node = node;
    this.passive = passive;
    this.authorities = authorities;
    this.answers = answers;
  }

  /** It can be reached: {@code own} is what this process is to know again. */
  public void opened(Incarnation store, List<DurableRecord> own) {
    context = new LayerContext(
        passive, store, node.founders(), collected, node.clock(), node.timers(), node.random(),
        node.events(), node.settings().with(LeaseSettings.DURATION, Duration.ZERO));
    authority = authorities.apply(context);
    acceptor = new NodeAcceptor(context, authority, Durability.STABLE);
    met = null;
    bytes = 0;
    for (DurableRecord record : own) {
      authority.recover(record);
      acceptor.recover(record);
      recoverMet(record);
      bytes += sizeOf(record);
    }
    acceptor.held(heldByAll);
    collected.clear();
    acceptor.founding(store.equals(first));
    votesFrom = Optional.empty();
    ballot = Ballot.BOTTOM;
    underWay = false;
    looks = true;
  }

  private void recoverMet(DurableRecord record) {
    if (record instanceof DurableRecord.Met m && m.node().equals(node.self())) {
      met = m.incarnation();
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      met = checkpoint.met().getOrDefault(node.self(), met);
    }
  }

  /** It cannot be reached, or may not have done the last step: what waits is asked again. */
  public void lost() {
    acceptor = null;
    waiting.clear();
    collected.clear();
  }

  /** Whether exchanges can be made. */
  public boolean isOpen() {
    return acceptor != null;
  }

  /** A message of this process to the passive acceptor. Those that are not for one are ignored. */
  public void onMessage(Message message) {
    boolean concerns = message instanceof Request || message instanceof EraActive
        || message instanceof Introduce || message instanceof Acknowledge;
    if (isOpen() && concerns) {
      waiting.add(message);
    }
  }

  /** Wants to know whether it is still there, and what the others have written. */
  public void look() {
    looks = true;
  }

  /**
   * How far the decided prefix is held durably by processes that keep the state machine: votes that
   * all hold may go, and what most hold is safe without this acceptor.
   */
  public void held(InstanceId byAll, InstanceId byMost) {
    heldByAll = InstanceId.max(heldByAll, byAll);
    heldByMost = InstanceId.max(heldByMost, byMost);
  }

  /** The step to be made now, if there is any; then nothing until its outcome is told. */
  public Optional<Step> next() {
    if (!isOpen() || underWay || waiting.isEmpty() && !looks) {
      return Optional.empty();
    }
    acceptor.held(heldByAll);
    if (bytes > COMPACT_BYTES) {
      return Optional.of(compaction());
    }
    while (!waiting.isEmpty() && isOfThisStep(waiting.peek())) {
      onNext(waiting.poll());
    }
    if (looks) {
      looks = false;
      sayHowItStands();
    }
    collected.records.forEach(record -> bytes += sizeOf(record));
    underWay = true;
    return Optional.of(new Step(ballot, collected.records, votesFrom));
  }

  /** A step has one ballot, so that it is refused as a whole or not at all. */
  private boolean isOfThisStep(Message message) {
    return ballot.equals(Ballot.BOTTOM)
        || !(message instanceof Request request) || request.ballot().equals(ballot);
  }

  /** Everything is durable by now: said again, shorter. */
  private Step compaction() {
    bytes = 0;
    underWay = true;
    collected.clear(); // what is said of a new floor is in it
    return new Step(Ballot.BOTTOM, List.of(checkpoint()), Optional.empty());
  }

  private void onNext(Message message) {
    if (message instanceof Request request) {
      onRequest(request);
    } else if (message instanceof EraActive active) {
      if (authority.activate(active.era(), active.configuration())) {
        collected.persist(new DurableRecord.Activated(active.era(), active.configuration()));
      }
      collected.replies.add(progress());
    } else if (message instanceof Introduce introduce) {
      onIntroduce(introduce);
    } else if (message instanceof Acknowledge acknowledge) {
      onAcknowledge(acknowledge);
    }
  }

  private void onRequest(Request request) {
    if (request instanceof Adopt adopt && adopt.oneC().era().compareTo(othersAdopted) < 0) {
      return; // an era that was left: its proposer has not read what it had to
    }
    if (request instanceof Prepare prepare) {
      votesFrom = Optional.of(
          votesFrom.filter(from -> from.before(prepare.from())).orElse(prepare.from()));
    }
    ballot = request.ballot();
    acceptor.onRequest(node.self(), request);
  }

  /** The process' store asks whether it is the first under its id that writes here. */
  private void onIntroduce(Introduce introduce) {
    if (met == null) {
      met = introduce.incarnation();
      collected.persist(new DurableRecord.Met(node.self(), met));
    }
    collected.replies.add(new Acknowledge(introduce.incarnation(), met));
  }

  /** The process has on record which store it met first under this acceptor's id. */
  private void onAcknowledge(Acknowledge acknowledge) {
    if (!acknowledge.asked().equals(context.incarnation()) || first != null) {
      return;
    }
    first = acknowledge.known();
    acceptor.founding(first.equals(context.incarnation()));
    if (!first.equals(context.incarnation())) {
      node.events().note("passive acceptor " + passive + " is another store, "
          + context.incarnation() + ", than the one met first, " + acknowledge.known()
          + ": it has no vote until a reconfiguration names it");
    }
  }

  private void sayHowItStands() {
    if (first == null && context.founders().acceptors().contains(passive)) {
      collected.replies.add(new Introduce(context.incarnation()));
    }
    collected.replies.add(progress());
  }

  /** It serves nothing to those that are behind. */
  private Progress progress() {
    return new Progress(
        InstanceId.NONE, InstanceId.FIRST, context.incarnation(), authority.active());
  }

  private DurableRecord checkpoint() {
    Map<NodeId, Incarnation> known = new TreeMap<>();
    if (met != null) {
      known.put(node.self(), met);
    }
    return acceptor.checkpoint(new LocalAcceptor.Rest(
        0, false, known, authority.eras(), Ballot.BOTTOM, heldByAll));
  }

  /** The step is done, and this is what the others have written. */
  public void done(View view) {
    underWay = false;
    othersAdopted = Era.max(othersAdopted, view.adopted());
    Answer answer = new Answer(context.incarnation(), view, acceptor.adopted(), heldByMost);
    List<Message> replies = List.copyOf(collected.replies);
    boolean speaks = !ballot.equals(Ballot.BOTTOM) && !collected.records.isEmpty();
    boolean refused =
        speaks && (ballot.before(view.promised()) || collected.leavesEra(view.adopted()));
    collected.clear();
    votesFrom = Optional.empty();
    ballot = Ballot.BOTTOM;
    for (Message reply : replies) {
      if (reply instanceof RegisterMessage.Reply said) {
        answer.after(said).ifPresent(answers);
      } else {
        answers.accept(reply);
      }
    }
    if (refused) {
      lost(); // whether it was written is for the store to say
    }
  }

  private static long sizeOf(DurableRecord record) {
    final long overhead = 64;
    if (record instanceof DurableRecord.Voted voted) {
      return overhead + voted.values().stream().mapToLong(v -> v.size()).sum();
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      return overhead + stored.oneC().window().stream().mapToLong(v -> v.size()).sum();
    }
    return overhead; // also of a checkpoint, with which the rest is compared
  }

  /** What the acceptor has asked for since the last step. */
  private final class Collected implements Effects {
    private final List<DurableRecord> records = new ArrayList<>();
    private final List<Message> replies = new ArrayList<>();

    /** Whether a 1c is of an era that others have left. */
    boolean leavesEra(Era adopted) {
      return records.stream().anyMatch(record -> record instanceof DurableRecord.StoredOneC stored
          && stored.oneC().era().compareTo(adopted) < 0);
    }

    void clear() {
      records.clear();
      replies.clear();
    }

    @Override
    public void persist(DurableRecord record) {
      records.add(record);
    }

    @Override
    public void send(NodeId to, Message message) {
      sendNow(to, message);
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      if (to.equals(node.self())) {
        replies.add(message); // others have stand-ins of their own
      }
    }

    @Override
    public void whenDurable(Runnable then) {
      throw new UnsupportedOperationException("an acceptor waits for nothing else");
    }

    @Override
    public void dropBeforeCheckpoint() {
      throw new UnsupportedOperationException("a passive acceptor drops by itself");
    }
  }
}

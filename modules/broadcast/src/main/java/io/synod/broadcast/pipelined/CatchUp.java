package io.synod.broadcast.pipelined;

import io.synod.api.effect.Snapshots;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.link.Retransmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The side that is behind (UPDATE in figure 9): asks one peer at a time for decisions, takes a
 * snapshot in chunks where the decisions are gone, turns to the next peer when one is silent.
 */
final class CatchUp {
  private static final long RESEND_NANOS = Duration.ofMillis(100).toNanos();
  private static final long RESEND_MOST_NANOS = Duration.ofSeconds(1).toNanos();

  private final LayerContext context;
  private final Snapshots snapshots;
  private final int maxBytes;
  private final Sink sink;
  private final Retransmission resend;
  private final Map<NodeId, InstanceId> peers = new TreeMap<>();
  private InstanceId target = InstanceId.NONE;
  private Optional<NodeId> asked = Optional.empty();
  private InstanceId decidedBefore = InstanceId.NONE;
  private Receiving receiving;

  /** Where what was fetched goes. */
  interface Sink {
    InstanceId decided();

    void decisions(Decisions decisions);

    void installed(InstanceId last);
  }

  private static final class Receiving {
    private final InstanceId last;
    private final long length;
    private long offset;
    private boolean writing;

    Receiving(InstanceId last, long length) {
      this.last = last;
      this.length = length;
    }
  }

  CatchUp(LayerContext context, Snapshots snapshots, int maxBytes, Sink sink) {
    this.context = context;
    this.snapshots = snapshots;
    this.maxBytes = maxBytes;
    this.sink = sink;
    this.resend = new Retransmission(
        context.timers(), context.clock(), RESEND_NANOS, RESEND_MOST_NANOS, this::silent);
  }

  /** Decisions up to {@code upTo} exist and are missing here. */
  void behind(InstanceId upTo, Optional<NodeId> holder) {
    target = InstanceId.max(target, upTo);
    holder.ifPresent(h -> peers.merge(h, upTo, InstanceId::max));
    if (asked.isEmpty() && isBehind()) {
      ask(holder.or(this::nextPeer));
    }
  }

  void onProgress(NodeId from, Progress progress) {
    peers.put(from, progress.decided());
    target = InstanceId.max(target, progress.decided());
  }

  /** Once per report interval: decisions that exist and do not come by themselves are fetched. */
  void tick() {
    boolean stuck = sink.decided().equals(decidedBefore);
    decidedBefore = sink.decided();
    if (stuck && asked.isEmpty() && isBehind()) {
      ask(nextPeer());
    }
  }

  private boolean isBehind() {
    return sink.decided().before(target);
  }

  private void ask(Optional<NodeId> peer) {
    asked = peer;
    if (peer.isPresent()) {
      send(new io.synod.api.message.BroadcastMessage.CatchUp(sink.decided().next(), maxBytes));
      resend.begin();
    }
  }

  private void send(Message message) {
    asked.ifPresent(peer -> context.effects().sendNow(peer, message));
  }

  /** The next peer, in the order of ids, that is known to have more than we do. */
  private Optional<NodeId> nextPeer() {
    List<NodeId> ahead = new ArrayList<>();
    peers.forEach((peer, decided) -> {
      if (sink.decided().before(decided) && !peer.equals(context.self())) {
        ahead.add(peer);
      }
    });
    if (ahead.isEmpty()) {
      return Optional.empty();
    }
    int after = asked.map(ahead::indexOf).orElse(-1);
    return Optional.of(ahead.get((after + 1) % ahead.size()));
  }

  private void silent() {
    if (receiving != null && receiving.writing) {
      return;
    }
    if (isBehind()) {
      ask(nextPeer());
    } else {
      done();
    }
  }

  private void done() {
    asked = Optional.empty();
    resend.end();
  }

  void onDecisions(NodeId from, Decisions decisions) {
    peers.put(from, decisions.decided()); // less than before, if it has restarted
    target = InstanceId.max(target, decisions.decided());
    InstanceId before = sink.decided();
    sink.decisions(decisions);
    if (!asked.equals(Optional.of(from))) {
      return;
    }
    resend.answered();
    if (!isBehind()) {
      done();
    } else if (before.before(sink.decided())) {
      ask(asked); // only progress asks again at once: copies of one answer must not multiply
    }
  }

  void onOffer(NodeId from, SnapshotOffer offer) {
    if (!asked.equals(Optional.of(from)) || !sink.decided().before(offer.last())) {
      return;
    }
    resend.answered();
    boolean resumed = receiving != null && receiving.last.equals(offer.last())
        && receiving.length == offer.length();
    if (!resumed) {
      receiving = new Receiving(offer.last(), offer.length());
      snapshots.beginReceive(offer.last(), offer.length());
      context.events().note("fetching the snapshot as of " + offer.last() + " (" + offer.length()
          + " bytes) from " + from);
    }
    fetch();
  }

  private void fetch() {
    send(new FetchChunk(receiving.last, receiving.offset, maxBytes));
  }

  void onChunk(NodeId from, Chunk chunk) {
    Receiving now = receiving;
    boolean wanted = now != null && asked.equals(Optional.of(from)) && !now.writing
        && chunk.last().equals(now.last) && chunk.offset() == now.offset;
    if (!wanted) {
      return;
    }
    resend.answered();
    if (chunk.bytes().length == 0 || chunk.offset() + chunk.bytes().length > now.length) {
      receiving = null; // that snapshot is gone: begin anew
      ask(nextPeer());
      return;
    }
    now.writing = true;
    snapshots.receiveChunk(chunk.bytes(), reached -> onWritten(now, reached));
  }

  private void onWritten(Receiving now, long reached) {
    if (receiving != now) {
      return;
    }
    now.offset = reached;
    now.writing = false;
    resend.answered();
    if (reached < now.length) {
      fetch();
    } else {
      now.writing = true;
      snapshots.commitReceived(ok -> onCommitted(now, ok));
    }
  }

  private void onCommitted(Receiving now, boolean ok) {
    receiving = null;
    if (ok && sink.decided().before(now.last)) {
      sink.installed(now.last);
    } else if (!ok) {
      context.events().note("the snapshot as of " + now.last + " arrived damaged; trying again");
    }
    if (isBehind()) {
      ask(asked.or(this::nextPeer));
    } else {
      done();
    }
  }
}

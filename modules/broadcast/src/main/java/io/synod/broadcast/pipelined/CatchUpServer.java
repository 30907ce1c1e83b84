package io.synod.broadcast.pipelined;

import io.synod.api.effect.Snapshots;
import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.plugin.LayerContext;
import io.synod.api.storage.SnapshotInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The side that has what another misses: any node, not only the leader. Keeps no state. */
final class CatchUpServer {
  private final LayerContext context;
  private final Snapshots snapshots;
  private final DecidedLog log;
  private final Supplier<Ballot> decidedIn;
  private final int maxBytes;

  CatchUpServer(
      LayerContext context, Snapshots snapshots, DecidedLog log, Supplier<Ballot> decidedIn,
      int maxBytes) {
    this.context = context;
    this.snapshots = snapshots;
    this.log = log;
    this.decidedIn = decidedIn;
    this.maxBytes = maxBytes;
  }

  void onCatchUp(NodeId from, CatchUp request) {
    InstanceId wanted = request.from();
    if (wanted.before(log.retained())) {
      Optional<SnapshotInfo> newest = snapshots.newest();
      newest.filter(s -> !s.last().before(wanted)).ifPresent(s -> context.effects().sendNow(
          from, new SnapshotOffer(decidedIn.get(), s.last(), s.length())));
    } else {
      int bytes = Math.min(request.maxBytes(), maxBytes);
      var values = log.decided().before(wanted) ? List.<Value>of()
          : log.from(wanted, bytes);
      context.effects().sendNow(
          from, new Decisions(decidedIn.get(), wanted, values, log.decided()));
    }
  }

  void onFetch(NodeId from, FetchChunk request) {
    int bytes = Math.min(request.maxBytes(), maxBytes);
    long length = snapshots.newest().map(SnapshotInfo::length).orElse(0L);
    snapshots.readChunk(request.last(), request.offset(), bytes, found ->
        context.effects().sendNow(from, new Chunk(
            request.last(), length, request.offset(), found == null ? new byte[0] : found)));
  }
}

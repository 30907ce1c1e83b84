package io.synod.codec;

import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.ElectionMessage.Alive;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseGranted;
import io.synod.api.message.ElectionMessage.LeaseReleased;
import io.synod.api.message.ElectionMessage.Recovered;
import io.synod.api.message.ReplicationMessage.Forward;
import io.synod.api.message.ReplicationMessage.LeaseIndex;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.message.ReplicationMessage.Refused;

/** How the messages between nodes are written, apart from the register's. */
final class PeerMessages {
  private PeerMessages() {}

  static void register(Registry registry) {
    election(registry);
    broadcast(registry);
    snapshots(registry);
    replication(registry);
    admission(registry);
    ReconfigMessages.register(registry);
    MemoryMessages.register(registry);
  }

  private static void election(Registry registry) {
    registry.add(WireIds.ALIVE, Alive.class,
        (out, m) -> {
          out.byNode(m.epochs(), PeerMessages::epoch);
          out.optionalNode(m.trusted());
        },
        in -> new Alive(in.byNode(PeerMessages::epoch), in.optionalNode()));
    registry.add(WireIds.RECOVERED, Recovered.class,
        (out, m) -> out.byNode(m.epochs(), PeerMessages::epoch),
        in -> new Recovered(in.byNode(PeerMessages::epoch)));
    leases(registry);
  }

  private static void leases(Registry registry) {
    registry.add(WireIds.LEASE_ASKED, LeaseAsked.class,
        (out, m) -> {
          out.any(m.number());
          out.number(m.nanos());
          out.writeByte(m.held() ? 1 : 0);
        },
        in -> new LeaseAsked(in.any(), in.number(), in.flag()));
    registry.add(WireIds.LEASE_GRANTED, LeaseGranted.class,
        (out, m) -> out.any(m.number()),
        in -> new LeaseGranted(in.any()));
    registry.add(WireIds.LEASE_RELEASED, LeaseReleased.class,
        (out, m) -> out.any(m.number()),
        in -> new LeaseReleased(in.any()));
  }

  private static Long epoch(long number) {
    if (number < 0 || number > WireInput.MAX_NUMBER) {
      throw new IllegalArgumentException("an epoch out of range: " + number);
    }
    return number;
  }

  private static void broadcast(Registry registry) {
    registry.add(WireIds.DECIDED, Decided.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.instance(m.upTo());
        },
        in -> new Decided(in.ballot(), in.instance()));
    registry.add(WireIds.PROGRESS, Progress.class,
        (out, m) -> {
          out.instance(m.decided());
          out.instance(m.retained());
          out.incarnation(m.incarnation());
          out.era(m.active());
        },
        in -> new Progress(in.instance(), in.instance(), in.incarnation(), in.era()));
    registry.add(WireIds.CATCH_UP, CatchUp.class,
        (out, m) -> {
          out.instance(m.from());
          out.count(m.maxBytes());
        },
        in -> new CatchUp(in.instance(), in.count()));
    registry.add(WireIds.DECISIONS, Decisions.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.instance(m.first());
          out.values(m.values());
          out.instance(m.decided());
        },
        in -> new Decisions(in.ballot(), in.instance(), in.values(), in.instance()));
  }

  private static void snapshots(Registry registry) {
    registry.add(WireIds.SNAPSHOT_OFFER, SnapshotOffer.class,
        (out, m) -> {
          out.ballot(m.ballot());
          out.instance(m.last());
          out.number(m.length());
        },
        in -> new SnapshotOffer(in.ballot(), in.instance(), in.number()));
    registry.add(WireIds.FETCH_CHUNK, FetchChunk.class,
        (out, m) -> {
          out.instance(m.last());
          out.number(m.offset());
          out.count(m.maxBytes());
        },
        in -> new FetchChunk(in.instance(), in.number(), in.count()));
    registry.add(WireIds.CHUNK, Chunk.class,
        (out, m) -> {
          out.instance(m.last());
          out.number(m.length());
          out.number(m.offset());
          out.bytes(m.bytes());
        },
        in -> new Chunk(in.instance(), in.number(), in.number(), in.bytes()));
  }

  private static void replication(Registry registry) {
    registry.add(WireIds.FORWARD, Forward.class,
        (out, m) -> out.blobs(m.entries()), in -> new Forward(in.blobs()));
    registry.add(WireIds.REFUSED, Refused.class,
        (out, m) -> {
          out.optionalNode(m.leader());
          out.writeBoolean(m.overloaded());
        },
        in -> new Refused(in.optionalNode(), in.flag()));
    registry.add(WireIds.READ_INDEX, ReadIndex.class,
        (out, m) -> out.any(m.request()), in -> new ReadIndex(in.any()));
    registry.add(WireIds.LEASE_INDEX, LeaseIndex.class,
        (out, m) -> out.any(m.request()), in -> new LeaseIndex(in.any()));
    registry.add(WireIds.READ_INDEX_REPLY, ReadIndexReply.class,
        (out, m) -> {
          out.any(m.request());
          out.instance(m.index());
        },
        in -> new ReadIndexReply(in.any(), in.instance()));
  }

  private static void admission(Registry registry) {
    registry.add(WireIds.INTRODUCE, Introduce.class,
        (out, m) -> out.incarnation(m.incarnation()), in -> new Introduce(in.incarnation()));
    registry.add(WireIds.ACKNOWLEDGE, Acknowledge.class,
        (out, m) -> {
          out.incarnation(m.asked());
          out.incarnation(m.known());
        },
        in -> new Acknowledge(in.incarnation(), in.incarnation()));
    registry.add(WireIds.STORE_LOST, StoreLost.class,
        (out, m) -> out.incarnation(m.lost()), in -> new StoreLost(in.incarnation()));
  }
}

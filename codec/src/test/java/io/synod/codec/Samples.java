package io.synod.codec;

import io.synod.api.membership.ChangeOutcome;
import io.synod.api.message.AdmissionMessage.Acknowledge;
import io.synod.api.message.AdmissionMessage.Introduce;
import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.memory.Tag;
import io.synod.api.message.BroadcastMessage.CatchUp;
import io.synod.api.message.BroadcastMessage.Chunk;
import io.synod.api.message.BroadcastMessage.Decided;
import io.synod.api.message.BroadcastMessage.Decisions;
import io.synod.api.message.BroadcastMessage.FetchChunk;
import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.BroadcastMessage.SnapshotOffer;
import io.synod.api.message.ClientMessage;
import io.synod.api.message.ClientMessage.OpenSession;
import io.synod.api.message.ClientMessage.Ping;
import io.synod.api.message.ClientMessage.Pong;
import io.synod.api.message.ClientMessage.Query;
import io.synod.api.message.ClientMessage.QueryResult;
import io.synod.api.message.ClientMessage.Refusal;
import io.synod.api.message.ClientMessage.Result;
import io.synod.api.message.ClientMessage.SessionOpened;
import io.synod.api.message.ClientMessage.Submit;
import io.synod.api.message.ElectionMessage.Alive;
import io.synod.api.message.ElectionMessage.LeaseAsked;
import io.synod.api.message.ElectionMessage.LeaseGranted;
import io.synod.api.message.ElectionMessage.LeaseReleased;
import io.synod.api.message.ElectionMessage.Recovered;
import io.synod.api.message.MemoryMessage.Complete;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.message.Message;
import io.synod.api.message.ReconfigMessage.AskChange;
import io.synod.api.message.ReconfigMessage.ChangeNews;
import io.synod.api.message.ReconfigMessage.EraActive;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Lease;
import io.synod.api.message.RegisterMessage.Leased;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.message.ReplicationMessage.Forward;
import io.synod.api.message.ReplicationMessage.LeaseIndex;
import io.synod.api.message.ReplicationMessage.ReadIndex;
import io.synod.api.message.ReplicationMessage.ReadIndexReply;
import io.synod.api.message.ReplicationMessage.Refused;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.ConsensusMode;
import io.synod.api.model.Era;
import io.synod.api.model.Eras;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Role;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.replication.ReadMode;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Activated;
import io.synod.api.storage.DurableRecord.Admitted;
import io.synod.api.storage.DurableRecord.Booted;
import io.synod.api.storage.DurableRecord.Checkpoint;
import io.synod.api.storage.DurableRecord.CopiesFollow;
import io.synod.api.storage.DurableRecord.DecidedIn;
import io.synod.api.storage.DurableRecord.DecidedUpTo;
import io.synod.api.storage.DurableRecord.Learned;
import io.synod.api.storage.DurableRecord.Met;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.RegisterCopy;
import io.synod.api.storage.DurableRecord.StoredOneC;
import io.synod.api.storage.DurableRecord.Voted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One or more records of every kind, with edge cases among them. */
final class Samples {
  static final NodeId N1 = NodeId.of("n1");
  static final Ballot BALLOT = new Ballot(300, N1, 2);
  static final Ballot HIGHEST =
      new Ballot(Ballot.MAX_N, NodeId.of("x".repeat(64)), Integer.MAX_VALUE);
  static final Incarnation STORE = new Incarnation(-7);
  static final Tag TAG = new Tag(Tag.MAX_SEQUENCE, NodeId.of("n2"));
  static final InstanceId AT = InstanceId.of(70_000);

  private Samples() {}

  static List<Message> messages() {
    return List.of(
        new Prepare(BALLOT, Era.ZERO, InstanceId.FIRST), new Prepare(HIGHEST, new Era(4), AT),
        new Promise(BALLOT, STORE, true, AT, AT, Era.ZERO, new Era(1), Map.of(), List.of()),
        new Promise(
            BALLOT, STORE, false, AT, AT, new Era(3), new Era(4),
            Map.of(new Era(3), configuration(), new Era(4), configuration()), votes()),
        new Adopt(oneC()), new Adopt(oneC(), true), new Stored(BALLOT, STORE, InstanceId.NONE),
        new Accept(BALLOT, AT, List.of(value(100)), InstanceId.NONE),
        new Accept(BALLOT, AT, List.of(value(1), Value.SKIP, value(5000)), AT),
        new Accepted(BALLOT, STORE, AT), new Confirm(BALLOT, -1),
        new Confirmed(BALLOT, STORE, Long.MAX_VALUE), new Nack(BALLOT, STORE, HIGHEST),
        new Lease(BALLOT, 3, 500_000_000), new Leased(BALLOT, STORE, 3),
        new Alive(Map.of(), Optional.empty()),
        new Alive(Map.of(N1, 3L, NodeId.of("n10"), 0L), Optional.of(N1)),
        new Recovered(Map.of(N1, 9L)),
        new LeaseAsked(-4, 1_000_000_000, true), new LeaseGranted(1L << 61), new LeaseReleased(7),
        new Decided(BALLOT, AT), new Progress(AT, InstanceId.FIRST, STORE, new Era(7)),
        new CatchUp(AT, 1 << 20),
        new Decisions(Ballot.BOTTOM, AT, List.of(), AT),
        new Decisions(BALLOT, AT, List.of(value(9), value(10)), AT),
        new SnapshotOffer(BALLOT, AT, 1L << 40), new FetchChunk(AT, 1L << 33, 65_536),
        new Chunk(AT, 1L << 40, 12, new byte[] {1, 2, 3}), new Chunk(AT, 0, 0, new byte[0]),
        new Forward(List.of()), new Forward(List.of(new byte[] {4})),
        new Forward(List.of(new byte[0], new byte[200], new byte[] {1})),
        new Refused(Optional.of(N1), false), new Refused(Optional.empty(), true),
        new ReadIndex(-5), new LeaseIndex(-5), new ReadIndexReply(1L << 50, AT),
        new Introduce(STORE), new Acknowledge(STORE, STORE),
        new Acknowledge(STORE, new Incarnation(Long.MIN_VALUE)), new StoreLost(STORE),
        new Stored(HIGHEST, STORE, AT), new EraActive(new Era(5), configuration()),
        new AskChange(-7, new Era(4), configuration()), news(Optional.empty()),
        news(Optional.of(new ChangeOutcome.Active(
            new Era(5), configuration(), List.of(NodeId.of("n1"), NodeId.of("n2"))))),
        news(Optional.of(new ChangeOutcome.Refused("era 5 is in force, not 4"))),
        news(Optional.of(new ChangeOutcome.NotLeader(Optional.of(NodeId.of("n2"))))),
        news(Optional.of(new ChangeOutcome.NotLeader(Optional.empty()))),
        news(Optional.of(new ChangeOutcome.Indeterminate("nobody answers"))),
        new Read(1L << 40, "x"), new ReadAck(1, Tag.NONE, new byte[0], Tag.NONE),
        new ReadAck(1L << 40, TAG, new byte[] {7}, new Tag(6, N1)),
        new Write(3, "a name, über", TAG, new byte[300]), new WriteAck(3),
        new Complete(Map.of()), new Complete(Map.of("x", TAG, "y", Tag.NONE)));
  }

  static List<ClientMessage> clientMessages() {
    return List.of(
        new OpenSession(Long.MIN_VALUE), new SessionOpened(-3, 44),
        new Submit(44, 1, 0, List.of(new byte[128])),
        new Submit(44, 2, 1, List.of(new byte[] {1}, new byte[0])),
        new Submit(44, 4, 1, List.of()),
        new Result(44, 2, AT, new byte[] {9}), new Result(44, 2, AT, new byte[0]),
        new Query(1, ReadMode.LINEARIZABLE, InstanceId.NONE, new byte[] {1}),
        new Query(2, ReadMode.STALE, AT, new byte[0]),
        new Query(3, ReadMode.LEASE, InstanceId.NONE, new byte[0]),
        new Query(4, ReadMode.FOLLOWER, InstanceId.NONE, new byte[] {2}),
        new QueryResult(1, AT, new byte[] {8}),
        new Refusal(Refusal.Kind.OVERLOADED, 44, 2, "64 MB of commands are waiting: try later"),
        new Refusal(Refusal.Kind.INVALID, -1, -2, "über 1 MB"), new Ping(44), new Pong());
  }

  static List<DurableRecord> records() {
    return List.of(
        new Booted(1), new Promised(BALLOT), new Voted(BALLOT, AT, List.of(value(128))),
        new Voted(HIGHEST, AT, List.of(value(3), Value.SKIP)), new StoredOneC(oneC()),
        new Learned(AT, List.of(value(77))), new DecidedUpTo(AT), new Met(N1, STORE),
        new RegisterCopy("x", TAG, new byte[] {1, 2}), new CopiesFollow(7),
        new Admitted(), new DecidedIn(HIGHEST), new Activated(new Era(2), configuration()),
        new Checkpoint(
            3, true, Map.of(N1, STORE, NodeId.of("n2"), new Incarnation(5)), BALLOT,
            Optional.of(oneC()), AT, AT, new Era(1), eras(), HIGHEST, AT, votes()),
        new Checkpoint(
            0, false, Map.of(), Ballot.BOTTOM, Optional.empty(), InstanceId.NONE,
            InstanceId.NONE, Era.ZERO, new Eras(Era.ZERO, Era.ZERO, Map.of()), Ballot.BOTTOM,
            InstanceId.NONE, List.of()));
  }

  static Value value(int size) {
    byte[] bytes = new byte[size];
    for (int i = 1; i < size; i++) {
      bytes[i] = (byte) (i * 31);
    }
    bytes[0] = (byte) Value.Kind.BATCH.ordinal();
    return Value.of(bytes);
  }

  private static List<Vote> votes() {
    return List.of(
        new Vote(InstanceId.FIRST, BALLOT, Value.SKIP), new Vote(AT, HIGHEST, value(40)));
  }

  private static Eras eras() {
    return new Eras(
        new Era(2), new Era(3), Map.of(
            new Era(2), configuration(),
            new Era(3), configuration().mode(ConsensusMode.CLASSIC)));
  }

  private static OneC oneC() {
    return new OneC(
        BALLOT, new Era(2), configuration(), AT, List.of(value(20), Value.SKIP));
  }

  private static Configuration configuration() {
    return new Configuration(
        List.of(
            Member.founding("n1", "127.0.0.1:7001"), Member.founding("n2", "host.example:7002"),
            new Member(NodeId.of("d"), STORE, URI.create("disk:///mnt/a"), Role.PASSIVE),
            new Member(NodeId.of("l"), STORE, URI.create("node://[::1]:1"), Role.LEARNER)),
        "majority");
  }

  private static ChangeNews news(Optional<ChangeOutcome> outcome) {
    return new ChangeNews(Long.MIN_VALUE, "n4 has learned up to instance 7 of 9", outcome);
  }
}

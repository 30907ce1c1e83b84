package io.synod.benchmarks.ratis;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.Outcome;
import io.synod.server.bench.MovingSystem;
import io.synod.server.local.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.TimeDuration;

/** Servers of one group, and a client that finds the leader again when it changes. */
final class MovingRatis implements MovingSystem {
  private static final byte[] NOTHING = {};
  private static final TimeDuration RETRY = TimeDuration.valueOf(1, TimeUnit.MILLISECONDS);

  private final int voters;
  private final List<RaftPeer> peers;
  private final List<RaftServer> servers = new ArrayList<>();
  private RaftClient client;

  private MovingRatis(int voters, List<RaftPeer> peers) {
    this.voters = voters;
    this.peers = peers;
  }

  static MovingRatis start(int voters, Path directory) throws IOException {
    List<Integer> ports = FreePorts.find(2 * voters);
    List<RaftPeer> peers = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      peers.add(RaftPeer.newBuilder().setId("n" + (i + 1))
          .setAddress("127.0.0.1:" + ports.get(i)).build());
    }
    MovingRatis system = new MovingRatis(voters, peers);
    RaftGroupId id = RaftGroupId.valueOf(UUID.randomUUID());
    RaftGroup founders = RaftGroup.valueOf(id, peers.subList(0, voters));
    for (int i = 0; i < peers.size(); i++) {
      // Who is no founder must know the group and nobody in it.
      system.start(peers.get(i), ports.get(i), i < voters ? founders : RaftGroup.valueOf(id),
          directory);
    }
    system.client = RaftClient.newBuilder().setProperties(new RaftProperties())
        .setRaftGroup(RaftGroup.valueOf(id, peers))
        .setRetryPolicy(RetryPolicies.retryForeverWithSleep(RETRY)).build();
    system.client.io().send(Message.EMPTY);
    return system;
  }

  private void start(RaftPeer peer, int port, RaftGroup group, Path directory)
      throws IOException {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(
        properties, List.of(directory.resolve(peer.getId().toString()).toFile()));
    GrpcConfigKeys.Server.setPort(properties, port);
    // Else it refuses to exchange a majority in one step.
    RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(properties, true);
    RaftServer server = RaftServer.newBuilder().setServerId(peer.getId()).setGroup(group)
        .setProperties(properties).setStateMachine(new CountingStateMachine()).build();
    server.start();
    servers.add(server);
  }

  @Override
  public Function<byte[], CompletionStage<Outcome>> door() {
    return command -> client.async()
        .send(Message.valueOf(ByteString.copyFrom(command)))
        .handle(MovingRatis::outcome);
  }

  private static Outcome outcome(RaftClientReply reply, Throwable failure) {
    return reply != null && reply.isSuccess()
        ? new Outcome.Applied(InstanceId.of(Math.max(1, reply.getLogIndex())), NOTHING)
        : new Outcome.Indeterminate(String.valueOf(failure == null ? reply : failure));
  }

  @Override
  public CompletionStage<Void> voters(int from) {
    List<RaftPeer> voting = peers.subList(from, from + voters);
    List<RaftPeer> learning = new ArrayList<>(peers);
    learning.removeAll(voting);
    return CompletableFuture.runAsync(() -> {
      try {
        RaftClientReply reply = client.admin().setConfiguration(voting, learning);
        if (!reply.isSuccess()) {
          throw new IllegalStateException("not changed: " + reply);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Override
  public void close() throws IOException {
    client.close();
    for (RaftServer server : servers) {
      server.close();
    }
  }
}

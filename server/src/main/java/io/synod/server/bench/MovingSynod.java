package io.synod.server.bench;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.model.Role;
import io.synod.api.replication.Outcome;
import io.synod.server.cli.CommandFailed;
import io.synod.server.local.LocalCluster;
import io.synod.server.local.NodeStarter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Nodes of this build; the load is spread evenly over all of them, whoever leads, so that a
 * command takes as many hops before a move as after it.
 */
final class MovingSynod implements MovingSystem {
  private final LocalCluster cluster;
  private final int voters;
  private int leader;

  private MovingSynod(LocalCluster cluster, int voters) {
    this.cluster = cluster;
    this.voters = voters;
  }

  static Provider provider(BenchPlan plan, NodeStarter starter) {
    return new Provider() {
      @Override
      public String name() {
        return plan.system();
      }

      @Override
      public MovingSystem start(int voters, Path directory) throws InterruptedException {
        LocalCluster cluster = new LocalCluster(BenchPlan.CLUSTER, voters, voters, directory,
            plan.keys(), CountingMachine::new, starter);
        cluster.start();
        IntStream.range(voters, 2 * voters).forEach(cluster::start);
        MovingSynod system = new MovingSynod(cluster, voters);
        system.leader = cluster.awaitLeader();
        return system;
      }
    };
  }

  @Override
  public Function<byte[], CompletionStage<Outcome>> door() throws InterruptedException {
    leader = cluster.awaitLeader();
    return ClosedLoop.inTurn(IntStream.range(0, 2 * voters).mapToObj(cluster::node).toList());
  }

  @Override
  public CompletionStage<Void> voters(int from) {
    List<Seat> seats = IntStream.range(0, 2 * voters)
        .mapToObj(i -> i >= from && i < from + voters
            ? cluster.seat(i) : cluster.seat(i).as(Role.LEARNER))
        .toList();
    return cluster.node(leader).membership().change(new Change.Set(seats), doing -> {})
        .thenAccept(MovingSynod::check);
  }

  private static void check(ChangeOutcome outcome) {
    if (!(outcome instanceof ChangeOutcome.Active)) {
      throw CommandFailed.failed("the change did not become active: " + outcome);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}

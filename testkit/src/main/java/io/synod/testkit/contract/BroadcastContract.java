package io.synod.testkit.contract;

import static io.synod.testkit.contract.LayerWorld.N1;
import static io.synod.testkit.contract.LayerWorld.N2;
import static io.synod.testkit.contract.LayerWorld.N3;
import static io.synod.testkit.contract.LayerWorld.N4;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.broadcast.TotalOrderBroadcast.Admission;
import io.synod.api.message.BroadcastMessage;
import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Reconfigure;
import io.synod.api.model.Value;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.testkit.sim.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every total order broadcast must keep (Deconstructing Paxos, §3.4), over the built-in
 * layers below it: one order without gaps, each message once, and what
 * {@link io.synod.api.broadcast.TotalOrderBroadcast} promises. A plugin's test extends it and
 * gives the plugin. The suite says who leads: there is no election in it.
 */
public abstract class BroadcastContract {
  private static final int SEEDS = 40;
  private static final long SETTLED_MS = 20_000;

  /** The plugin under test. */
  protected abstract Plugins.Broadcast plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  /** Three founders, and one process more. */
  /** The quorums at the bottom of it. */
  protected Plugins.Quorum quorum() {
    return new Variants().fall().quorum();
  }

  private LayerWorld<BroadcastNode> world() {
    return new LayerWorld<>(
        new Variants().fall().with(settings()).with(plugin()).with(quorum()), 3, 1,
        BroadcastNode::new);
  }

  /** n1 leads, alone. */
  private LayerWorld<BroadcastNode> led() {
    LayerWorld<BroadcastNode> world = world();
    world.node(N1).lead(true);
    world.pass(1_000);
    assertThat(world.node(N1).broadcast().leading()).isTrue();
    return world;
  }

  private static List<Integer> broadcast(LayerWorld<BroadcastNode> world, int from, int to) {
    for (int number = from; number < to; number++) {
      assertThat(world.node(N1).broadcast(number)).isEqualTo(Admission.TAKEN);
    }
    return IntStream.range(0, to).boxed().toList();
  }

  /** The first three processes. */
  private static List<BroadcastNode> three(LayerWorld<BroadcastNode> world) {
    return world.all().subList(0, 3);
  }

  @Test
  void whatALeaderTookIsDeliveredByAllInItsOrder() {
    LayerWorld<BroadcastNode> world = led();
    List<Integer> all = broadcast(world, 0, 50);
    world.pass(SETTLED_MS);
    for (BroadcastNode node : three(world)) {
      assertThat(node.numbers()).isEqualTo(all);
      InstanceId last = InstanceId.of(node.delivered().size());
      assertThat(node.broadcast().delivered()).isEqualTo(last);
      assertThat(node.broadcast().decided()).isEqualTo(last);
    }
  }

  /** Losses, copies, any order, any leaders, restarts; then calm under one leader. */
  @Test
  void totalOrderWithoutGapsEachMessageOnce() {
    int delivered = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      long which = seed;
      delivered += Seeded.check(which, () -> {
        LayerWorld<BroadcastNode> world = world();
        List<Integer> taken = BroadcastRun.trouble(world, new Random(which));
        world.heal();
        three(world).forEach(node -> node.lead(node.id().equals(N2)));
        world.pass(SETTLED_MS);
        List<Integer> order = world.node(N2).numbers();
        assertThat(order).doesNotHaveDuplicates();
        assertThat(taken).as("nothing comes from nowhere").containsAll(order);
        three(world).forEach(
            node -> assertThat(node.delivered()).isEqualTo(world.node(N2).delivered()));
        return order.size();
      });
    }
    assertThat(delivered).isGreaterThan(10 * SEEDS);
  }

  @Test
  void onlyALeaderThatIsReadyTakesMessages() {
    LayerWorld<BroadcastNode> world = world();
    world.hold(LayerWorld.Sent::remote);
    BroadcastNode n1 = world.node(N1);
    n1.lead(true);
    world.run();
    assertThat(n1.broadcast().leading()).as("while it prepares").isFalse();
    assertThat(n1.broadcast(1)).isEqualTo(Admission.NOT_LEADER);
    world.heal();
    world.pass(1_000);
    assertThat(n1.broadcast(2)).isEqualTo(Admission.TAKEN);
    assertThat(world.node(N2).broadcast(3)).isEqualTo(Admission.NOT_LEADER);
    n1.lead(false);
    assertThat(n1.broadcast().leading()).isFalse();
    assertThat(n1.broadcast(4)).isEqualTo(Admission.NOT_LEADER);
    world.node(N2).lead(true);
    world.pass(SETTLED_MS);
    three(world).forEach(node -> assertThat(node.numbers()).doesNotContain(1, 3, 4));
  }

  @Test
  void whoIsDeposedSaysSoAndTakesNoMore() {
    LayerWorld<BroadcastNode> world = led();
    world.lose(sent -> sent.touches(N1));
    world.node(N2).lead(true);
    world.pass(1_000);
    BroadcastNode n1 = world.node(N1);
    assertThat(n1.broadcast(1)).as("it cannot know").isEqualTo(Admission.TAKEN);
    n1.lead(true);
    world.node(N2).broadcast(2);
    world.heal();
    world.hold(sent -> sent.from().equals(N1) && sent.remote());
    world.pass(2_000);
    assertThat(n1.deposed()).isEqualTo(1);
    assertThat(n1.broadcast().leading()).isFalse();
    assertThat(n1.broadcast(3)).isEqualTo(Admission.NOT_LEADER);
  }

  @Test
  void aLeaderThatCannotDecideIsOverloadedAfterAWhileAndRecovers() {
    LayerWorld<BroadcastNode> world = led();
    BroadcastNode n1 = world.node(N1);
    world.lose(sent -> sent.remote() && sent.message() instanceof Accept);
    byte[] large = new byte[1 << 16];
    Admission answer = Admission.TAKEN;
    for (int i = 0; i < 1 << 20 && answer == Admission.TAKEN; i++) {
      answer = n1.broadcast().broadcast(large);
      n1.endOfTurn();
    }
    assertThat(answer).isEqualTo(Admission.OVERLOADED);
    world.heal();
    world.pass(SETTLED_MS);
    assertThat(n1.broadcast(1)).isEqualTo(Admission.TAKEN);
  }

  @Test
  void whoWasSilentCatchesUpByWhatItsPeersRetain() {
    LayerWorld<BroadcastNode> world = led();
    world.lose(sent -> sent.touches(N3));
    broadcast(world, 0, 100);
    world.pass(5_000);
    world.heal();
    world.lose(sent -> sent.touches(N3) && !(sent.message() instanceof BroadcastMessage));
    List<Integer> all = broadcast(world, 100, 110);
    world.pass(SETTLED_MS);
    assertThat(world.node(N3).numbers()).isEqualTo(all);
    assertThat(world.node(N3).installed()).isZero();
  }

  @Test
  void whoWasSilentForTooLongCatchesUpByASnapshot() {
    LayerWorld<BroadcastNode> world = led();
    world.lose(sent -> sent.touches(N3));
    for (int number = 0; number < 100; number++) {
      broadcast(world, number, number + 1);
      world.run();
    }
    world.pass(5_000);
    for (BroadcastNode node : List.of(world.node(N1), world.node(N2))) {
      node.snapshot();
      node.restart();
      assertThat(node.broadcast().retained()).isGreaterThan(InstanceId.FIRST);
    }
    world.heal();
    world.node(N1).lead(true);
    world.pass(1_000);
    List<Integer> all = broadcast(world, 100, 110);
    world.pass(SETTLED_MS);
    assertThat(world.node(N3).installed()).isPositive();
    three(world).forEach(node -> assertThat(node.numbers()).isEqualTo(all));
  }

  @Test
  void whatWasDecidedIsDeliveredAgainAfterARestart() {
    LayerWorld<BroadcastNode> world = led();
    List<Integer> all = broadcast(world, 0, 30);
    world.pass(SETTLED_MS);
    three(world).forEach(BroadcastNode::restart);
    assertThat(three(world)).allMatch(node -> !node.broadcast().leading());
    world.node(N2).lead(true);
    world.pass(SETTLED_MS);
    three(world).forEach(node -> assertThat(node.numbers()).isEqualTo(all));
  }

  @Test
  void aReadIndexCoversAllThatWasAcknowledgedBefore() {
    LayerWorld<BroadcastNode> world = led();
    List<Long> indices = new ArrayList<>();
    BroadcastNode n2 = world.node(N2);
    n2.turn(() -> n2.broadcast().readIndex(indices::add));
    assertThat(indices).as("it does not lead").containsExactly(-1L);
    BroadcastNode n1 = world.node(N1);
    broadcast(world, 0, 10);
    world.pass(SETTLED_MS);
    long acknowledged = n1.delivered().size();
    n1.turn(() -> n1.broadcast().readIndex(indices::add));
    world.pass(1_000);
    assertThat(indices).hasSize(2);
    assertThat(indices.get(1)).isGreaterThanOrEqualTo(acknowledged);
    world.lose(sent -> sent.touches(N1));
    n2.lead(true);
    world.pass(1_000);
    n2.broadcast(10);
    world.pass(1_000);
    n1.turn(() -> n1.broadcast().readIndex(indices::add));
    n1.turn(() -> n1.broadcast().leaseIndex(indices::add));
    world.pass(1_000);
    assertThat(indices).as("cut off it must not answer").hasSize(2);
    world.heal();
    world.pass(SETTLED_MS);
    assertThat(indices.subList(2, indices.size())).containsExactly(-1L, -1L);
  }

  @Test
  void theMembersChangeThroughTheLog() {
    LayerWorld<BroadcastNode> world = led();
    BroadcastNode n1 = world.node(N1);
    Configuration next = world.members(N1, N3, N4);
    broadcast(world, 0, 10);
    assertThat(change(world.node(N2), Era.ZERO, next)).isEqualTo(Admission.NOT_LEADER);
    assertThat(change(n1, Era.ZERO.next(), next)).isEqualTo(Admission.NOT_NOW);
    assertThat(change(n1, Era.ZERO, next)).isEqualTo(Admission.TAKEN);
    assertThat(change(n1, Era.ZERO, next)).as("one is on its way").isEqualTo(Admission.NOT_NOW);
    broadcast(world, 10, 20);
    world.pass(SETTLED_MS);
    world.lose(sent -> sent.touches(N2));
    List<Integer> all = broadcast(world, 20, 30);
    world.pass(SETTLED_MS);
    for (BroadcastNode node : List.of(n1, world.node(N3), world.node(N4))) {
      assertThat(node.authority().active()).isEqualTo(Era.ZERO.next());
      assertThat(node.numbers()).isEqualTo(all);
      assertThat(node.delivered()).filteredOn(v -> v.kind() == Value.Kind.RECONFIGURE)
          .containsExactly(new Reconfigure(Era.ZERO, next).encode());
    }
    assertThat(change(n1, Era.ZERO, next)).as("that era is over").isEqualTo(Admission.NOT_NOW);
  }

  private static Admission change(BroadcastNode node, Era expected, Configuration next) {
    Admission[] answer = new Admission[1];
    node.turn(() -> answer[0] = node.broadcast().reconfigure(new Reconfigure(expected, next)));
    return answer[0];
  }
}

package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.message.Message;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.storage.DurableRecord;
import io.synod.codec.KryoCodec;
import io.synod.testkit.oracle.Life;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The durability order: what leaves when. */
class SimulatedEffectsTest {
  private static final NodeId SELF = NodeId.of("n1");
  private static final NodeId PEER = NodeId.of("n2");

  private final World world = new World(1);
  private final SimulatedDisk disk = new SimulatedDisk(world, "n1", true, new DiskFaults());
  private final List<Message> left = new ArrayList<>();
  private final SimulatedEffects effects = new SimulatedEffects(
      new Life(SELF, new Incarnation(1), 1, true), disk, new KryoCodec(), new Observer() { },
      (to, message) -> left.add(message));

  private static Progress message(long number) {
    return new Progress(
        InstanceId.of(number), InstanceId.FIRST, new Incarnation(1), Era.ZERO);
  }

  private void force() {
    disk.sync(new SimulatedDisk.ForceListener() {
      @Override
      public void durable(long position) {
        effects.durable(position);
      }

      @Override
      public void failed() {
        throw new AssertionError("no failure was asked for");
      }
    });
    world.runUntil(world.now() + World.SECOND);
  }

  @Test
  void whatPromisesNothingLeavesAtTheEndOfTheTurn() {
    effects.persist(new DurableRecord.Booted(1));
    effects.sendNow(PEER, message(1));
    assertThat(left).isEmpty();
    effects.leave();
    assertThat(left).containsExactly(message(1));
  }

  @Test
  void aMessageWaitsForTheRecordsBeforeItAndNoOthers() {
    effects.send(PEER, message(1));
    effects.persist(new DurableRecord.Booted(1));
    effects.send(PEER, message(2));
    effects.leave();
    assertThat(left).containsExactly(message(1));
    force();
    effects.leave();
    assertThat(left).containsExactly(message(1), message(2));
  }

  @Test
  void aMessageToItselfWaitsLikeAnyOther() {
    effects.persist(new DurableRecord.Booted(1));
    effects.send(SELF, message(1));
    effects.leave();
    assertThat(effects.nextToSelf()).isNull();
    force();
    effects.leave();
    assertThat(effects.nextToSelf()).isEqualTo(message(1));
  }

  @Test
  void callbacksAndMessagesKeepTheirOrder() {
    List<Integer> order = new ArrayList<>();
    effects.persist(new DurableRecord.Booted(1));
    effects.whenDurable(() -> order.add(left.size()));
    effects.send(PEER, message(1));
    force();
    effects.leave();
    assertThat(order).containsExactly(0);
    assertThat(left).containsExactly(message(1));
  }

  @Test
  void aCallbackThatWaitsForNothingRunsWhenTheTurnEnds() {
    List<Integer> order = new ArrayList<>();
    effects.whenDurable(() -> order.add(1));
    assertThat(order).isEmpty();
    effects.openGates();
    assertThat(order).containsExactly(1);
  }

  @Test
  void aPlannedCrashHappensAtEveryEffectBoundary() {
    List<Integer> records = new ArrayList<>();
    List<Integer> sent = new ArrayList<>();
    for (int boundary = 0; boundary < 6; boundary++) {
      SimulatedDisk own = new SimulatedDisk(world, "n1", true, new DiskFaults());
      List<Message> out = new ArrayList<>();
      SimulatedEffects crashing = new SimulatedEffects(
          new Life(SELF, new Incarnation(1), 1, true), own, new KryoCodec(), new Observer() { },
          (to, message) -> out.add(message));
      crashing.crashAfter(boundary);
      assertThatThrownBy(() -> turn(crashing)).isInstanceOf(CrashSignal.class);
      records.add((int) own.appended());
      sent.add(out.size());
    }
    assertThat(records).containsExactly(0, 1, 1, 2, 2, 2);
    assertThat(sent).containsExactly(0, 0, 0, 0, 0, 1);
  }

  private static void turn(SimulatedEffects effects) {
    effects.persist(new DurableRecord.Booted(1));
    effects.persist(new DurableRecord.Booted(2));
    effects.sendNow(PEER, message(1));
    effects.sendNow(PEER, message(2));
    effects.leave();
  }
}

package io.synod.testkit.sim;

import io.synod.api.reconfig.MasterCell;
import io.synod.reconfig.master.MasterState;
import io.synod.testkit.oracle.Observer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The configuration master as one process that never forgets: a cell under compare-and-set, far
 * from the network of the nodes. What it is asked and what it answers is late, lost and repeated,
 * and for a while it is away, as long as faults go on.
 */
final class SimulatedMaster {
  private static final long DELAY = World.MILLI / 2;
  private static final long PRESENT = 8 * World.SECOND;
  private static final long ABSENT = World.SECOND;

  private final World world;
  private final Observer observer;
  private final SeededRandom random;
  private final double loss;
  private final double repetition;
  private boolean faulty;
  private boolean begun;
  private boolean away;
  private byte[] value = {};

  /**
   * In that world.
   *
   * @param faulty whether anything may go wrong
   */
  SimulatedMaster(World world, Observer observer, boolean faulty) {
    this.world = world;
    this.observer = observer;
    this.random = world.stream("master");
    this.faulty = faulty;
    this.loss = random.nextDouble(0.2);
    this.repetition = random.nextDouble(0.2);
  }

  /** As one life of a node sees it; {@code later} runs a turn of that life after a delay. */
  MasterCell cell(BiConsumer<Long, Runnable> later) {
    return (expected, update, then) ->
        asked(expected.clone(), update.clone(), inForce -> {
          if (!lost()) {
            later.accept(delay(), () -> then.accept(inForce.clone()));
          }
        });
  }

  /** Nobody reaches it, or everybody again. */
  void away(boolean gone) {
    away = gone;
  }

  /** Nothing goes wrong any more. */
  void heal() {
    faulty = false;
    away = false;
  }

  private void asked(byte[] expected, byte[] update, Consumer<byte[]> then) {
    if (faulty && !begun) {
      begun = true;
      leaveSometimes();
    }
    int copies = lost() ? 0 : faulty && random.chance(repetition) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      world.after(delay(), () -> {
        if (!away) {
          swap(expected, update);
          then.accept(value);
        }
      });
    }
  }

  private void swap(byte[] expected, byte[] update) {
    if (Arrays.equals(expected, value) && !Arrays.equals(update, value)) {
      value = update;
      observer.master(MasterState.decode(value));
    }
  }

  private boolean lost() {
    return faulty && random.chance(loss);
  }

  private long delay() {
    return DELAY / 2 + random.exponential(faulty ? 4 * DELAY : DELAY / 2);
  }

  private void leaveSometimes() {
    world.after(random.exponential(PRESENT), () -> {
      if (faulty) {
        away = true;
        world.after(random.exponential(ABSENT), () -> {
          away = false;
          leaveSometimes();
        });
      }
    });
  }
}

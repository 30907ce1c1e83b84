package io.synod.testkit.sim;

import io.synod.api.model.NodeId;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.register.leased.LeaseRecord;
import io.synod.register.leased.LeaseTimes;
import io.synod.register.leased.LeasedSteps;
import io.synod.register.leased.Move;
import io.synod.register.leased.SharedArea;
import io.synod.testkit.sim.SimulatedPassives.Fate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * To plain memory, whose steps are made under a lease. Writes have their effect within the bound
 * that the lease rests on, at times just so; what they come back after has none. The clock of the
 * process has a rate of its own, within the bound of the drift.
 */
final class LeasedAccess implements PassiveAccess {
  private final SimulatedPassives passives;
  private final NodeId process;
  private final NodeId id;
  private final BooleanSupplier gone;
  private final LeasedMemory memory;
  private final LeaseTimes times;
  private final double rate;
  private LeasedSteps steps;
  private LeasedMemory.Log taken;
  private long end;
  private Consumer<View> done;
  private Runnable lost;

  /**
   * Of that process to that acceptor.
   *
   * @param gone whether the process has stopped, or uses the acceptor no more
   */
  LeasedAccess(
      SimulatedPassives passives, NodeId process, NodeId id, BooleanSupplier gone,
      PassiveTamper tamper) {
    this.passives = passives;
    this.process = process;
    this.id = id;
    this.gone = gone;
    this.memory = passives.memory(id);
    this.times = tamper.times().apply(passives.leaseTimes());
    this.rate = passives.clockRate();
  }

  /** A life that is not the first takes the area before it believes what is there. */
  @Override
  public void open(Consumer<List<DurableRecord>> opened, Runnable failed) {
    if (!passives.reaches(process, id)) {
      failed.run();
      return;
    }
    steps = new LeasedSteps(process, memory.newLife(), times);
    if (memory.meets(process)) {
      opened.accept(own());
      return;
    }
    steps.take();
    moves(view -> opened.accept(own()), failed);
  }

  private List<DurableRecord> own() {
    return SharedArea.of(memory.log().records()).own();
  }

  @Override
  public void exchange(Step step, Consumer<View> whenDone, Runnable whenLost) {
    steps.begin(step);
    moves(whenDone, whenLost);
  }

  private void moves(Consumer<View> whenDone, Runnable whenLost) {
    done = whenDone;
    lost = whenLost;
    end = clock() + times.patience();
    move();
  }

  private long clock() {
    return (long) (passives.world().now() * rate);
  }

  private void move() {
    long now = clock();
    Move move = steps.next(now);
    if (move instanceof Move.Done all) {
      done.accept(all.view());
    } else if (now > end || !passives.reaches(process, id)) {
      fail();
    } else if (move instanceof Move.Pause pause) {
      passives.world().after(1 + (long) (pause.nanos() / rate), this::goOn);
    } else if (move instanceof Move.Take) {
      take(steps.writableUntil(now));
    } else if (move instanceof Move.Write write) {
      write(write.records());
    } else if (move instanceof Move.Look look) {
      read(() -> memory.view(look.votesFrom()), steps::looked);
    } else if (move instanceof Move.Find) {
      read(() -> SharedArea.of(memory.log().records()), steps::found);
    } else {
      makeOfRecord(move, now);
    }
  }

  private void goOn() {
    if (!gone.getAsBoolean()) {
      move();
    }
  }

  private void fail() {
    steps.failed();
    lost.run();
  }

  private void makeOfRecord(Move move, long asked) {
    if (move instanceof Move.ReadLease) {
      read(memory::lease, record -> steps.foundLease(record, asked, clock()));
    } else if (move instanceof Move.ReadWish) {
      read(memory::wish, steps::foundWish);
    } else if (move instanceof Move.WriteLease lease) {
      change(fate -> record(memory::lease, lease.record(), fate), () -> {
        steps.wroteLease(clock());
        move();
      });
    } else if (move instanceof Move.WriteWish wish) {
      change(fate -> record(memory::wish, wish.record(), fate), () -> {
        steps.wroteWish(clock());
        move();
      });
    }
  }

  private void record(Consumer<LeaseRecord> place, LeaseRecord record, Fate fate) {
    if (fate != Fate.NOTHING_WRITTEN) {
      place.accept(fate == Fate.PARTLY_WRITTEN
          ? LeaseRecord.unreadable(record.life() << Integer.SIZE | record.number()) : record);
    }
  }

  /** All is written anew, and seen from the moment at which the header is. */
  private void take(long deadline) {
    passives.later(() -> {
      List<DurableRecord> found = memory.log().records();
      passives.later(() -> begin(found, deadline));
    });
  }

  private void begin(List<DurableRecord> found, long deadline) {
    if (gone.getAsBoolean()) {
      return;
    }
    if (clock() > deadline) {
      fail();
      return;
    }
    LeasedMemory.Log log = new LeasedMemory.Log(
        passives.isPutTogether() ? SharedArea.of(found).own() : found);
    change(
        fate -> {
          if (fate != Fate.NOTHING_WRITTEN && fate != Fate.PARTLY_WRITTEN) {
            memory.log(log);
          }
        },
        () -> {
          taken = log;
          steps.took(SharedArea.of(found), clock());
          move();
        });
  }

  private void write(List<DurableRecord> records) {
    LeasedMemory.Log log = taken;
    change(
        fate -> passives.part(records, fate).forEach(log::add),
        () -> {
          if (steps.wrote(clock())) {
            move();
          } else {
            fail();
          }
        });
  }

  private <T> void read(Supplier<T> there, Consumer<T> known) {
    boolean fails = passives.fate() != Fate.DONE;
    passives.later(() -> {
      T found = there.get();
      passives.later(() -> ended(fails, () -> {
        known.accept(found);
        move();
      }));
    });
  }

  /** Has its effect within the bound, then comes back, which may take longer. */
  private void change(Consumer<Fate> effect, Runnable known) {
    Fate fate = passives.fate();
    passives.world().after(passives.writing(), () -> {
      if (!gone.getAsBoolean() || passives.isWrittenAfterCrash()) {
        effect.accept(fate);
      }
      passives.later(() -> ended(fate != Fate.DONE, known));
    });
  }

  private void ended(boolean fails, Runnable known) {
    if (gone.getAsBoolean()) {
      return;
    }
    if (fails || !passives.reaches(process, id)) {
      fail();
    } else {
      known.run();
    }
  }
}

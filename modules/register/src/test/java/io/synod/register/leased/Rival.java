package io.synod.register.leased;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that has the acceptor promise it a ballot, then vote in it until it is refused; that
 * stands still at times, begins another life when it does not know what became of a step, and has
 * a clock of its own rate.
 */
final class Rival {
  private static final Optional<InstanceId> ALL = Optional.of(InstanceId.FIRST);

  private final NodeId self;
  private final PlainMemory memory;
  private final Random random;
  private final LeaseTimes times;
  private final double rate;
  private final AnsweredSteps answered;
  private long life;
  private LeasedSteps steps;
  private List<DurableRecord> taken = List.of();
  private long n;
  private long instance;
  private boolean promised;
  private Step step;

  Rival(NodeId self, PlainMemory memory, Random random, Clocked clocked, AnsweredSteps answered) {
    this.self = self;
    this.memory = memory;
    this.random = random;
    this.times = clocked.times();
    this.rate = clocked.rate();
    this.answered = answered;
    live();
  }

  /** What it believes of time, and how fast its clock is. */
  record Clocked(LeaseTimes times, double rate) {}

  private void live() {
    life++;
    steps = new LeasedSteps(self, life, times);
    promised = false;
  }

  private long clock() {
    return (long) (memory.now() * rate);
  }

  void begin() {
    if (!promised) {
      n += 1 + random.nextInt(3);
      instance = 0;
      step = new Step(ballot(), List.of(new Promised(ballot())), ALL);
    } else if (random.nextInt(4) == 0) {
      step = new Step(Ballot.BOTTOM, List.of(), Optional.empty());
    } else {
      instance = 1L + random.nextInt(4);
      Value value = Value.of(new byte[] {1, (byte) n});
      step = new Step(ballot(),
          List.of(new Voted(ballot(), InstanceId.of(instance), List.of(value))), Optional.empty());
    }
    steps.begin(step);
    move();
  }

  private Ballot ballot() {
    return new Ballot(n, self, 0);
  }

  private void move() {
    long asked = clock();
    Move move = steps.next(asked);
    if (move instanceof Move.Done done) {
      done(done.view());
    } else if (move instanceof Move.Pause pause) {
      memory.after(1 + (long) (pause.nanos() / rate), this::goOn);
    } else if (move instanceof Move.WriteLease lease) {
      memory.write(
          () -> memory.lease = lease.record(), () -> then(() -> steps.wroteLease(clock())));
    } else if (move instanceof Move.WriteWish wish) {
      memory.write(() -> memory.wish = wish.record(), () -> then(() -> steps.wroteWish(clock())));
    } else if (move instanceof Move.Write write) {
      List<DurableRecord> all = new ArrayList<>(taken);
      all.addAll(write.records());
      taken = all;
      memory.write(() -> memory.area = List.copyOf(all), () -> then(this::wrote));
    } else {
      read(move, asked);
    }
  }

  private void read(Move move, long asked) {
    LeaseRecord[] record = new LeaseRecord[1];
    List<DurableRecord> area = new ArrayList<>();
    memory.read(
        () -> {
          record[0] = move instanceof Move.ReadLease ? memory.lease : memory.wish;
          area.addAll(memory.area);
        },
        () -> then(() -> {
          if (move instanceof Move.ReadLease) {
            steps.foundLease(record[0], asked, clock());
          } else if (move instanceof Move.ReadWish) {
            steps.foundWish(record[0]);
          } else if (move instanceof Move.Take) {
            taken = area;
            steps.took(SharedArea.of(area), clock());
          } else if (move instanceof Move.Find) {
            steps.found(SharedArea.of(area));
          } else if (move instanceof Move.Look look) {
            steps.looked(SharedArea.of(area).view(look.votesFrom()));
          }
        }));
  }

  /** It may stand still before it knows, and before it goes on. */
  private void then(Runnable known) {
    memory.after(idle(), () -> {
      known.run();
      goOn();
    });
  }

  private long idle() {
    if (random.nextInt(60) > 0) {
      return 0;
    }
    long term = (long) (times.term() / rate);
    return random.nextBoolean() ? random.nextLong(term) : term - random.nextLong(term / 4);
  }

  private void wrote() {
    if (!steps.wrote(clock())) {
      live();
      step = null;
    }
  }

  private void goOn() {
    memory.after(idle(), () -> {
      if (step == null) {
        begin();
      } else {
        move();
      }
    });
  }

  private void done(View view) {
    boolean refused = step.ballot().before(view.promised());
    if (!step.records().isEmpty() && !refused) {
      answered.add(step, view);
      promised = true;
    } else if (ballot().before(view.promised())) {
      n = Math.max(n, view.promised().n());
      promised = false;
    }
    memory.after(random.nextLong(times.write()), this::begin);
  }
}

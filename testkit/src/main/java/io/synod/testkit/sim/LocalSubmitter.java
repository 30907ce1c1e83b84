package io.synod.testkit.sim;

import io.synod.api.replication.Outcome;
import io.synod.testkit.oracle.Command;
import io.synod.testkit.oracle.Observer;

/** A program that embeds a node and submits through it, in the node's own session. */
final class LocalSubmitter {
  private static final long ORIGIN_BIT = 1L << 62;
  private static final int FIRST_CLIENT = 100;

  private final Workload workload;
  private final World world;
  private final Observer observer;
  private final SimulatedNode node;
  private final SeededRandom random;
  private final SeededRandom requests;
  private int life;
  private long sequence;
  private long open;
  private boolean stopping;

  LocalSubmitter(Workload workload, World world, SimulatedNode node) {
    this.workload = workload;
    this.world = world;
    this.observer = workload.observer();
    this.node = node;
    this.random = world.stream("submitter " + node.id());
    this.requests = world.stream("requests of submitter " + node.id());
  }

  void start() {
    world.after(random.exponential(4 * workload.thinkNanos()), this::act);
  }

  void finish() {
    stopping = true;
  }

  boolean satisfied() {
    return open == 0 || life != node.starts();
  }

  private void act() {
    if (stopping) {
      return;
    }
    submitNow();
    world.after(random.exponential(4 * workload.thinkNanos()), this::act);
  }

  /** One more command, if the node is up. */
  void submitNow() {
    if (node.up()) {
      node.event(this::submit);
    }
  }

  private void submit() {
    if (life != node.starts()) {
      life = node.starts();
      sequence = 0;
      open = 0;
    }
    if (open >= workload.window()) {
      return;
    }
    long origin = ORIGIN_BIT | (long) node.index() << 32 | life;
    Command command = new Command(origin, ++sequence, false);
    int own = life;
    open++;
    workload.counted();
    observer.invoked(command);
    byte[] content = workload.application().commands().apply(requests);
    HistoryRecorder.Recorded recorded =
        workload.history().command(FIRST_CLIENT + node.index(), content);
    node.machine().submit(LedgerMachine.encode(command, content), outcome -> {
      heard(own, command, outcome);
      record(recorded, outcome);
    });
  }

  private static void record(HistoryRecorder.Recorded recorded, Outcome outcome) {
    if (outcome instanceof Outcome.Applied applied) {
      recorded.answered(LedgerMachine.answer(applied.result()));
    } else if (outcome instanceof Outcome.Rejected) {
      recorded.rejected();
    }
  }

  private void heard(int own, Command command, Outcome outcome) {
    if (own == life) {
      open--;
    }
    if (outcome instanceof Outcome.Applied applied) {
      observer.acknowledged(
          command, applied.instance(), LedgerMachine.count(applied.result()));
    } else if (outcome instanceof Outcome.Rejected) {
      observer.rejected(command);
    }
  }
}

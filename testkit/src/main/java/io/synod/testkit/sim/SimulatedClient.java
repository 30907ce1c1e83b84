package io.synod.testkit.sim;

import io.synod.api.model.InstanceId;
import io.synod.api.replication.ReadMode;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.testkit.oracle.Command;
import io.synod.testkit.oracle.Observer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client: opens a session through some node, keeps a few commands under way, and goes on with
 * another node when it hears nothing. Its commands stay the same through all retries. A session
 * that has expired leaves its unanswered commands open, and a new one is opened.
 */
final class SimulatedClient {
  private static final long PATIENCE = 400 * World.MILLI;
  private static final long NETWORK = 300_000;

  private final Workload workload;
  private final World world;
  private final Observer observer;
  private final List<SimulatedNode> nodes;
  private final SeededRandom random;
  private final SeededRandom requests;
  private final long id;
  private final Deque<Open> unanswered = new ArrayDeque<>();
  private final long[] lastArrival;
  private long nonce;
  private long session = -1;
  private long origin;
  private long sequence;
  private int target;
  private long heard;
  private long openReads;
  private boolean stopping;

  SimulatedClient(Workload workload, World world, List<SimulatedNode> nodes, int number) {
    this.workload = workload;
    this.world = world;
    this.observer = workload.observer();
    this.nodes = nodes;
    this.random = world.stream("client " + number);
    this.requests = world.stream("requests of client " + number);
    this.id = number;
    this.nonce = (id + 1) << 20;
    this.lastArrival = new long[nodes.size()];
  }

  void start() {
    target = random.nextInt(nodes.size());
    openSession();
    world.after(random.exponential(PATIENCE), this::watch);
    world.after(random.exponential(workload.thinkNanos()), this::act);
  }

  /** One more command and one more read, then no more. */
  void finish() {
    stopping = true;
    command(1);
    read();
  }

  /** Whether everything that it has asked for is answered. */
  boolean satisfied() {
    return stopping && session >= 0 && unanswered.isEmpty() && openReads == 0;
  }

  String waitingFor() {
    return "client " + id + " with session " + session + " waits for " + unanswered.size()
        + " commands (first " + first() + ") and " + openReads + " reads";
  }

  private String first() {
    return unanswered.isEmpty() ? "none" : unanswered.peek().command.toString();
  }

  private void act() {
    if (stopping) {
      return;
    }
    if (session >= 0 && unanswered.size() < workload.window()) {
      if (random.chance(workload.reads())) {
        read();
      } else {
        command(1 + random.nextInt(4));
      }
    }
    world.after(random.exponential(workload.thinkNanos()), this::act);
  }

  /** Notices silence, at a steady pace. */
  private void watch() {
    if (world.now() - heard >= PATIENCE && !(session >= 0 && unanswered.isEmpty())) {
      heard = world.now();
      target = random.nextInt(nodes.size());
      if (session < 0) {
        ask();
      } else {
        submit(all(), target);
      }
    }
    world.after(PATIENCE / 2 + random.nextLong(PATIENCE), this::watch);
  }

  private void openSession() {
    session = -1;
    nonce++;
    sequence = 0;
    origin = nonce;
    ask();
  }

  private void ask() {
    long own = nonce;
    toNode(target, machine -> machine.openSession(own, opened -> fromNode(() -> {
      if (own == nonce && session < 0 && opened >= 0) {
        session = opened;
        heard = world.now();
        submit(all(), target);
      }
    })));
  }

  private void command(int count) {
    List<Open> fresh = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Command command = new Command(origin, ++sequence, true);
      byte[] content = workload.application().commands().apply(requests);
      observer.invoked(command);
      Open open = new Open(command, LedgerMachine.encode(command, content),
          workload.history().command((int) id, content));
      unanswered.add(open);
      fresh.add(open);
      workload.counted();
    }
    submit(fresh, target);
    if (workload.repeats() && random.chance(0.1)) {
      submit(all(), random.nextInt(nodes.size()));
    }
  }

  private void submit(List<Open> commands, int node) {
    if (commands.isEmpty() || session < 0) {
      return;
    }
    long own = session;
    long nonceThen = nonce;
    long first = commands.get(0).command.sequence();
    long answered = unanswered.peek().command.sequence();
    List<byte[]> bytes = commands.stream().map(open -> open.bytes).toList();
    toNode(node, machine ->
        machine.submit(own, first, answered, bytes, new Answers(nonceThen)));
  }

  private final class Answers implements ReplicatedStateMachine.SessionListener {
    private final long own;

    Answers(long own) {
      this.own = own;
    }

    @Override
    public void applied(long number, InstanceId instance, byte[] result) {
      fromNode(() -> answered(own, number, instance, result));
    }

    @Override
    public void refused(long number, boolean overloaded) {
      // Silence is noticed by the watch, which goes on with some node.
    }

    @Override
    public void expired() {
      fromNode(() -> {
        if (own == nonce) {
          unanswered.clear();
          openSession();
        }
      });
    }
  }

  private void answered(long own, long number, InstanceId instance, byte[] result) {
    if (own != nonce) {
      return;
    }
    for (Open open : unanswered) {
      if (open.command.sequence() == number && !open.answered) {
        open.answered = true;
        heard = world.now();
        open.recorded.answered(LedgerMachine.answer(result));
        observer.acknowledged(open.command, instance, LedgerMachine.count(result));
      }
    }
    while (!unanswered.isEmpty() && unanswered.peek().answered) {
      unanswered.poll();
    }
  }

  /** From the first unanswered one on, without holes: a run has consecutive numbers. */
  private List<Open> all() {
    return List.copyOf(unanswered);
  }

  private void read() {
    ReadMode mode = random.nextBoolean() ? ReadMode.LEASE : confirmed();
    Read read = invoked(mode);
    tryRead(read, random.nextInt(nodes.size()));
  }

  /** Every other client names how. */
  private ReadMode confirmed() {
    return id % 2 == 0 ? ReadMode.LINEARIZABLE : ReadMode.FOLLOWER;
  }

  /** One more read, at that node and under the lease. */
  void leaseRead(int node) {
    tryRead(invoked(ReadMode.LEASE), node);
  }

  private Read invoked(ReadMode mode) {
    long request = workload.nextRead();
    observer.readInvoked(request, mode);
    openReads++;
    byte[] content = workload.application().queries() == null
        ? null : workload.application().queries().apply(requests);
    boolean recorded = content != null && workload.judges(mode);
    return new Read(request, mode, LedgerMachine.query(content),
        recorded ? workload.history().query((int) id, content) : null);
  }

  /** A read under way; not recorded if the application takes no queries. */
  private record Read(
      long request, ReadMode mode, byte[] query, HistoryRecorder.Recorded recorded) {
    void answered(byte[] answer) {
      if (recorded != null) {
        recorded.answered(LedgerMachine.answer(answer));
      }
    }
  }

  private void tryRead(Read read, int node) {
    boolean[] done = new boolean[1];
    toNode(node, machine -> machine.read(
        read.mode(), InstanceId.NONE, read.query(), outcome -> fromNode(() -> {
          if (!done[0] && outcome instanceof ReadOutcome.Answer answer) {
            done[0] = true;
            openReads--;
            read.answered(answer.result());
            observer.readAnswered(
                read.request(), read.mode(), LedgerMachine.count(answer.result()));
          }
        })));
    world.after(2 * PATIENCE, () -> {
      if (!done[0]) {
        done[0] = true;
        tryRead(read, random.nextInt(nodes.size()));
      }
    });
  }

  /** A connection keeps order; requests over different ones may overtake each other. */
  private void toNode(int node, Consumer<ReplicatedStateMachine> call) {
    SimulatedNode there = nodes.get(node);
    long arrival = world.now() + random.exponential(NETWORK);
    lastArrival[node] = Math.max(arrival, lastArrival[node]);
    world.after(
        lastArrival[node] - world.now(), () -> there.event(() -> call.accept(there.machine())));
  }

  private void fromNode(Runnable answer) {
    world.after(random.exponential(NETWORK), answer);
  }

  /** A command under way. */
  private static final class Open {
    private final Command command;
    private final byte[] bytes;
    private final HistoryRecorder.Recorded recorded;
    private boolean answered;

    Open(Command command, byte[] bytes, HistoryRecorder.Recorded recorded) {
      this.command = command;
      this.bytes = bytes;
      this.recorded = recorded;
    }
  }
}

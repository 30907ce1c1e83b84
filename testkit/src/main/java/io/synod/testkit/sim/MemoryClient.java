package io.synod.testkit.sim;

import io.synod.sharedmemory.AtomicRegisters;
import io.synod.testkit.linearizability.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A client of atomic registers: one operation after the other, each at any node. When it hears
 * nothing it goes on with another operation: a write may take effect at any later time then.
 */
final class MemoryClient {
  private static final long PATIENCE = 2 * World.SECOND;
  private static final long NETWORK = 300_000;

  private final World world;
  private final List<SimulatedNode> nodes;
  private final MemoryLoad load;
  private final SeededRandom random;
  private final int number;
  private final List<Call> calls = new ArrayList<>();
  private long written;
  private boolean finishing;
  private int finalAnswers;

  MemoryClient(World world, List<SimulatedNode> nodes, MemoryLoad load, int number) {
    this.world = world;
    this.nodes = nodes;
    this.load = load;
    this.number = number;
    this.random = world.stream("register client " + number);
  }

  /** One operation, recorded when it was asked for. */
  private static final class Call {
    private final String name;
    private final String written;
    private final long invoked;
    private String found;
    private long returned = Operation.NEVER;

    Call(String name, String written, long invoked) {
      this.name = name;
      this.written = written;
      this.invoked = invoked;
    }

    Operation operation(int client) {
      return written == null ? Operation.read(client, name, found, invoked, returned)
          : Operation.write(client, name, written, invoked, returned);
    }

    /** Whether it says anything: a read without an answer does not. */
    boolean counts() {
      return written != null || returned != Operation.NEVER;
    }
  }

  void start() {
    world.after(random.exponential(load.thinkNanos()), this::next);
  }

  /** From the next operation on, one write and then one read of each register, until answered. */
  void finish() {
    finishing = true;
  }

  boolean satisfied() {
    return finalAnswers > load.registers();
  }

  long operations() {
    return calls.size();
  }

  List<Operation> history() {
    return calls.stream().filter(Call::counts).map(call -> call.operation(number)).toList();
  }

  private void next() {
    if (satisfied()) {
      return;
    }
    boolean last = finishing;
    boolean reads = last ? finalAnswers > 0 : random.chance(load.reads());
    int register = last && reads ? finalAnswers - 1 : random.nextInt(load.registers());
    Call call = new Call(
        "r" + register, reads ? null : "c" + number + "-" + ++written, world.now());
    calls.add(call);
    boolean[] over = new boolean[1];
    ask(call, () -> {
      if (over[0]) {
        return;
      }
      over[0] = true;
      finalAnswers += last ? 1 : 0;
      goOn();
    });
    world.after(PATIENCE, () -> {
      if (!over[0]) {
        over[0] = true;
        goOn();
      }
    });
  }

  private void goOn() {
    world.after(random.exponential(load.thinkNanos()), this::next);
  }

  /** An answer that comes after the client has lost patience still counts as one. */
  private void ask(Call call, Runnable then) {
    boolean writes = call.written != null;
    int target = writes && load.writer() >= 0 ? load.writer() : random.nextInt(nodes.size());
    Consumer<Optional<byte[]>> answer = found -> world.after(random.exponential(NETWORK), () -> {
      call.found = found.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null);
      call.returned = world.now();
      then.run();
    });
    SimulatedNode node = nodes.get(target);
    world.after(random.exponential(NETWORK), () -> node.event(() -> {
      AtomicRegisters registers = node.process().registers();
      if (writes) {
        registers.write(call.name, call.written.getBytes(StandardCharsets.UTF_8),
            () -> answer.accept(Optional.empty()));
      } else {
        registers.read(call.name, answer);
      }
    }));
  }
}

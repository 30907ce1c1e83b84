package io.synod.testkit.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A correct store with random delays: an operation takes effect at some moment between its call
 * and its return; some never return, and of these some take effect late or not at all.
 */
final class ConcurrentStore {
  private static final int LONGEST = 40;

  private final Random random;
  private final ValueModel model = ValueModel.register();
  private final int keys;
  private final double unknown;
  private final boolean adds;
  private long values;

  private record Call(Operation asked, long effective) {}

  ConcurrentStore(Random random, int keys, double unknown, boolean adds) {
    this.random = random;
    this.keys = keys;
    this.unknown = unknown;
    this.adds = adds;
  }

  /** So many operations of clients that each do one after the other. */
  List<Operation> history(int operations, int clients) {
    List<Call> calls = new ArrayList<>();
    long[] free = new long[clients];
    for (int i = 0; i < operations; i++) {
      int client = random.nextInt(clients);
      long at = free[client] + 1 + random.nextInt(LONGEST);
      long effective = at + random.nextInt(LONGEST);
      free[client] = effective + random.nextInt(LONGEST);
      calls.add(random.nextDouble() < unknown
          ? new Call(call(client, at, Operation.NEVER), effective + late())
          : new Call(call(client, at, free[client]), effective));
    }
    return answered(calls);
  }

  private long late() {
    return random.nextBoolean() ? Operation.NEVER / 2 : random.nextInt(50 * LONGEST);
  }

  /** Each written value is different, so that every mistake can show. */
  private Operation call(int client, long at, long returned) {
    String key = "k" + random.nextInt(keys);
    return switch (random.nextInt(adds ? 6 : 5)) {
      case 0, 1 -> Operation.write(client, key, ++values, at, returned);
      case 5 -> Operation.increment(client, key, null, at, returned);
      default -> Operation.read(client, key, null, at, returned);
    };
  }

  private List<Operation> answered(List<Call> calls) {
    Operation[] history = new Operation[calls.size()];
    Object[] states = new Object[keys];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Long.compare(calls.get(a).effective(), calls.get(b).effective()));
    for (int i : order) {
      Operation asked = calls.get(i).asked();
      int key = Integer.parseInt(asked.key().substring(1));
      Object before = states[key];
      if (calls.get(i).effective() < Operation.NEVER / 2) {
        states[key] = asked.kind() == Operation.Kind.READ ? before : model.step(before, asked);
      }
      history[i] = told(asked, asked.kind() == Operation.Kind.READ ? before : states[key]);
    }
    return new ArrayList<>(List.of(history));
  }

  private static Operation told(Operation asked, Object state) {
    boolean silent = asked.open() || asked.kind() == Operation.Kind.WRITE;
    return new Operation(asked.client(), asked.key(), asked.kind(), asked.argument(), null,
        silent ? null : state, asked.invoked(), asked.returned());
  }
}

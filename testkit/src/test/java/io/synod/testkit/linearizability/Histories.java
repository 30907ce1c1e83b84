package io.synod.testkit.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes histories for tests. */
final class Histories {
  private Histories() {}

  /** Clients take turns at random; each operation takes effect at a moment within its time. */
  static List<Operation> counters(Random random, int operations, int keys, int clients) {
    List<Operation> history = new ArrayList<>();
    long[] value = new long[keys];
    long[] started = new long[clients];
    long[] freeAt = new long[clients];
    long now = 0;
    while (history.size() < operations) {
      now += 1 + random.nextInt(3);
      int client = random.nextInt(clients);
      if (freeAt[client] >= now) {
        continue;
      }
      started[client] = Math.max(freeAt[client] + 1, now - random.nextInt(20));
      freeAt[client] = now + random.nextInt(20);
      int key = random.nextInt(keys);
      history.add(operation(random, client, key, value, started[client], freeAt[client]));
    }
    return history;
  }

  private static Operation operation(
      Random random, int client, int key, long[] value, long... from) {
    String name = "c" + key;
    if (random.nextBoolean()) {
      return Operation.read(client, name, value[key], from[0], from[1]);
    }
    value[key]++;
    return Operation.increment(client, name, value[key], from[0], from[1]);
  }

  /** Few operations on one key with results drawn at random: right ones and wrong ones. */
  static List<Operation> arbitrary(Random random, int operations) {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      long at = random.nextInt(12);
      long returned = random.nextInt(6) == 0 ? Operation.NEVER : at + random.nextInt(6);
      Operation.Kind kind = Operation.Kind.values()[random.nextInt(4)];
      Object result = switch (kind) {
        case READ, ADD -> (Object) (long) random.nextInt(4);
        case WRITE -> null;
        case CAS -> random.nextBoolean();
      };
      history.add(new Operation(i, "x", kind, (long) random.nextInt(3) + 1,
          (long) random.nextInt(3), result, at, returned));
    }
    return history;
  }
}

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
    int mostOpen = 2 + random.nextInt(6);
    for (int i = 0; i < operations; i++) {
      long at = random.nextInt(12);
      boolean open = random.nextInt(mostOpen) == 0;
      history.add(anything(random, i, at, open ? Operation.NEVER : at + random.nextInt(6)));
    }
    return history;
  }

  private static Operation anything(Random random, int client, long at, long returned) {
    Object number = (long) random.nextInt(3) + 1;
    boolean told = random.nextInt(4) > 0;
    Operation.Kind kind = Operation.Kind.values()[random.nextInt(6)];
    return switch (kind) {
      case READ -> Operation.read(client, "x", value(random), at, returned);
      case WRITE -> Operation.write(client, "x", value(random), at, returned);
      case CAS -> new Operation(client, "x", kind, number, value(random),
          told ? random.nextBoolean() : null, at, returned);
      case ADD -> new Operation(client, "x", kind, number, null,
          told ? (long) random.nextInt(4) : null, at, returned);
      case APPEND -> new Operation(client, "x", kind, "a", null,
          told ? (long) random.nextInt(3) + 1 : null, at, returned);
      case DELETE -> new Operation(client, "x", kind, null, null,
          told ? random.nextBoolean() : null, at, returned);
    };
  }

  private static Object value(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> "a";
      default -> (long) random.nextInt(4);
    };
  }
}

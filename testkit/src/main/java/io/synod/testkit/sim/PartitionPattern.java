package io.synod.testkit.sim;

/**
 * Ways in which a network falls apart; {@code pivot} is the node that it is about. The last three
 * are the scenarios of partial connectivity of the OmniPaxos paper (Ng, Haridi, Carbone 2023).
 */
enum PartitionPattern {
  /** Two halves that do not hear each other; the pivot is in the smaller one. */
  HALVES {
    @Override
    boolean cut(int a, int b, int nodes) {
      return a < nodes / 2 != b < nodes / 2;
    }
  },
  /** The pivot alone. */
  ISOLATED {
    @Override
    boolean cut(int a, int b, int nodes) {
      return a == 0 || b == 0;
    }
  },
  /** The pivot and one other do not see each other; everybody else sees both. */
  BRIDGE {
    @Override
    boolean cut(int a, int b, int nodes) {
      return a + b == 1;
    }
  },
  /** All see only one hub; the pivot, which leads, is not the hub and has no quorum. */
  QUORUM_LOSS {
    @Override
    boolean cut(int a, int b, int nodes) {
      return a != 1 && b != 1;
    }
  },
  /** The pivot, which leads, is alone; the others see only one hub: only that one can lead. */
  CONSTRAINED_ELECTION {
    @Override
    boolean cut(int a, int b, int nodes) {
      return a == 0 || b == 0 || a != 1 && b != 1;
    }
  },
  /** A chain with the pivot, which leads, at one end: each sees only its neighbours. */
  CHAINED {
    @Override
    boolean cut(int a, int b, int nodes) {
      return Math.abs(a - b) > 1;
    }
  };

  /** The hub of the patterns that have one: the node after the pivot. */
  static int hub(int pivot, int nodes) {
    return (pivot + 1) % nodes;
  }

  /** The links to cut, in both directions, between nodes by index. */
  LinkSet links(int pivot, int nodes) {
    LinkSet links = new LinkSet();
    for (int a = 0; a < nodes; a++) {
      for (int b = a + 1; b < nodes; b++) {
        if (cut(rank(a, pivot, nodes), rank(b, pivot, nodes), nodes)) {
          links.addBoth(a, b);
        }
      }
    }
    return links;
  }

  private static int rank(int node, int pivot, int nodes) {
    return (node - pivot + nodes) % nodes;
  }

  /** Whether two nodes are parted, counted from the pivot, which is 0; symmetric. */
  abstract boolean cut(int a, int b, int nodes);
}

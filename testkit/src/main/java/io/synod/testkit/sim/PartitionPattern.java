package io.synod.testkit.sim;

/** Ways in which a network falls apart; {@code pivot} is the node that it is about. */
enum PartitionPattern {
  /** Two halves that do not hear each other. */
  HALVES {
    @Override
    void apply(NetworkFaults network, int pivot) {
      int n = network.nodes();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (left(i, pivot, n) != left(j, pivot, n)) {
            network.cutLink(i, j);
          }
        }
      }
    }

    private boolean left(int node, int pivot, int n) {
      return (node - pivot + n) % n < n / 2;
    }
  },
  /** One node alone. */
  ISOLATED {
    @Override
    void apply(NetworkFaults network, int pivot) {
      for (int i = 0; i < network.nodes(); i++) {
        network.cutBoth(i, pivot);
      }
    }
  },
  /** All see only one hub: quorum loss for whoever else leads. */
  HUB {
    @Override
    void apply(NetworkFaults network, int pivot) {
      for (int i = 0; i < network.nodes(); i++) {
        for (int j = 0; j < network.nodes(); j++) {
          if (i != pivot && j != pivot) {
            network.cutLink(i, j);
          }
        }
      }
    }
  },
  /** A chain: each sees only its neighbours. */
  CHAIN {
    @Override
    void apply(NetworkFaults network, int pivot) {
      int n = network.nodes();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (Math.abs((i + pivot) % n - (j + pivot) % n) > 1) {
            network.cutLink(i, j);
          }
        }
      }
    }
  },
  /** Two nodes do not see each other; everybody else sees both. */
  BRIDGE {
    @Override
    void apply(NetworkFaults network, int pivot) {
      network.cutBoth(pivot, (pivot + 1) % network.nodes());
    }
  };

  abstract void apply(NetworkFaults network, int pivot);
}

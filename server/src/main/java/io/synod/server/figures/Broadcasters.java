package io.synod.server.figures;

import java.util.List;
import java.util.stream.IntStream;

/** Who broadcasts: the four cases of figure 23(b). */
enum Broadcasters {
  LEADER("only the leader") {
    @Override
    boolean has(int node, int leader, int processes) {
      return node == leader;
    }
  },
  ANOTHER("one other") {
    @Override
    boolean has(int node, int leader, int processes) {
      return node == (leader + 1) % processes;
    }
  },
  OTHERS("all but the leader") {
    @Override
    boolean has(int node, int leader, int processes) {
      return node != leader;
    }
  },
  ALL("all") {
    @Override
    boolean has(int node, int leader, int processes) {
      return true;
    }
  };

  private final String text;

  Broadcasters(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  abstract boolean has(int node, int leader, int processes);

  List<Integer> among(int processes, int leader) {
    return IntStream.range(0, processes).filter(node -> has(node, leader, processes)).boxed()
        .toList();
  }
}

package io.synod.examples.embedding;

import io.synod.api.node.Node;
import io.synod.api.replication.Outcome;
import io.synod.api.replication.ReadOutcome;
import io.synod.runtime.Synod;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three nodes with real sockets and files in one process, counting together. */
public final class CounterExample {
  private static final String MEMBERS = "n1@127.0.0.1:7391,n2@127.0.0.1:7392,n3@127.0.0.1:7393";

  /** Increments {@code times}, through each node in turn; returns what the last node reads. */
  public static long count(Path directory, String members, int times) throws Exception {
    List<Node> nodes = new ArrayList<>();
    try {
      for (String id : List.of("n1", "n2", "n3")) {
        nodes.add(Synod.node().set("synod.node", id).set("synod.members", members)
            .set("synod.data", directory.resolve(id).toString())
            .stateMachine(new Counter()).start());
      }
      for (int done = 0; done < times;) {
        var outcome = nodes.get(done % 3).submit(new byte[0]).toCompletableFuture().get();
        done += outcome instanceof Outcome.Applied ? 1 : 0; // a rejected one may be tried again
      }
      ReadOutcome read = nodes.get(2).read(new byte[0]).toCompletableFuture().get();
      return ByteBuffer.wrap(((ReadOutcome.Answer) read).result()).getLong();
    } finally {
      nodes.forEach(Node::close);
    }
  }

  public static void main(String[] args) throws Exception {
    count(Files.createTempDirectory("counter"), MEMBERS, 100);
  }
}

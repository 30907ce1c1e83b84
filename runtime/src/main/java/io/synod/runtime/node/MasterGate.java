package io.synod.runtime.node;

import io.synod.api.reconfig.MasterCell;
import io.synod.api.transport.PeerAddress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the configuration master: one key of a key-value cluster, by one connection at a time
 * from a thread of its own, so that the loop never waits. A newer question takes the place of one
 * that was not begun. What is not answered is not repeated here: who asks does that.
 */
final class MasterGate implements MasterCell, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MasterGate.class);

  private final List<PeerAddress> servers;
  private final String key;
  private final Consumer<LoopTask> loop;
  private final ExecutorService thread;
  private final AtomicReference<Question> next = new AtomicReference<>();
  private int server;
  private RespLink link;

  private record Question(byte[] expected, byte[] update, Consumer<byte[]> then) {}

  MasterGate(String name, List<PeerAddress> servers, String key, Consumer<LoopTask> loop) {
    this.servers = List.copyOf(servers);
    this.key = key;
    this.loop = loop;
    this.thread = Executors.newSingleThreadExecutor(task -> {
      Thread own = new Thread(task, name);
      own.setDaemon(true);
      return own;
    });
  }

  @Override
  public void swap(byte[] expected, byte[] update, Consumer<byte[]> then) {
    Question question = new Question(expected.clone(), update.clone(), then);
    if (next.getAndSet(question) == null) {
      thread.execute(this::serve);
    }
  }

  private void serve() {
    Question question = next.getAndSet(null);
    try {
      if (link == null) {
        link = RespLink.open(servers.get(server));
      }
      byte[] inForce = link.swap(key, question.expected(), question.update());
      loop.accept(() -> question.then().accept(inForce));
    } catch (IOException e) {
      LOG.debug("the configuration master at {} does not answer: {}", servers.get(server),
          e.getMessage());
      hangUp();
      server = (server + 1) % servers.size();
    }
  }

  private void hangUp() {
    if (link != null) {
      link.close();
      link = null;
    }
  }

  /** What was asked is not answered any more. */
  @Override
  public void close() {
    thread.execute(this::hangUp);
    thread.shutdown();
  }
}

package io.synod.runtime.node;

import io.synod.api.message.Message;
import io.synod.api.model.NodeId;
import io.synod.api.transport.Transport;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what peers send into the loop's queue; drops it when too much waits. */
final class PeerInbox implements Transport.PeerReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(PeerInbox.class);

  private final NodeId self;
  private final EventLoop loop;
  private final Core core;
  private final long limitBytes;
  private final AtomicLong dropped = new AtomicLong();

  PeerInbox(NodeId self, EventLoop loop, Core core, long limitBytes) {
    this.self = self;
    this.loop = loop;
    this.core = core;
    this.limitBytes = limitBytes;
  }

  @Override
  public void onMessage(NodeId from, Message message) {
    if (!loop.offer(new Arrived(core, from, message, Weights.of(message)), limitBytes)) {
      noteDrop(from);
    }
  }

  /** The 1st, 2nd, 4th, 8th, …: a flood of messages is not answered by a flood of lines. */
  private void noteDrop(NodeId from) {
    long count = dropped.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      LOG.warn("[{}] overloaded: dropped a message of {}, the {}. so far", self, from, count);
    }
  }

  private record Arrived(Core core, NodeId from, Message message, int weight)
      implements LoopTask {
    @Override
    public void run() {
      core.onMessage(from, message);
    }
  }
}

package io.synod.runtime.node;

import io.synod.api.message.Message;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.transport.Transport;
import io.synod.codec.KryoCodec;
import io.synod.reconfig.log.LogReconfigPlugin;
import io.synod.register.passive.StandIn;
import io.synod.replication.Passives;
import io.synod.runtime.config.NodeConfig;
import io.synod.runtime.config.PassiveMembers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passive acceptors that this node reaches, each by a thread of its own. Loop thread only;
 * answers go to the inbox of peers' messages.
 */
final class PassiveStores implements Passives, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassiveStores.class);

  private static final long MOST_NANOS_TO_END = Duration.ofSeconds(1).toNanos();

  private final NodeConfig config;
  private final LayerContext context;
  private final Transport.PeerReceiver inbox;
  private final SecureRandom random = new SecureRandom();
  private final Map<NodeId, PassiveThread> threads = new TreeMap<>();
  private InstanceId heldByAll = InstanceId.NONE;
  private InstanceId heldByMost = InstanceId.NONE;

  PassiveStores(NodeConfig config, LayerContext context, Transport.PeerReceiver inbox) {
    this.config = config;
    this.context = context;
    this.inbox = inbox;
  }

  @Override
  public void members(List<Member> known) {
    threads.values().removeIf(thread -> {
      boolean gone = !known.contains(thread.member());
      if (gone) {
        thread.close();
      }
      return gone;
    });
    for (Member member : known) {
      if (!threads.containsKey(member.id())) {
        begin(member);
      }
    }
  }

  private void begin(Member member) {
    var flaw = PassiveMembers.flaw(member, config.passives());
    if (flaw.isPresent()) {
      LOG.warn("{}; it is left alone", flaw.get());
      return;
    }
    NodeId id = member.id();
    var plugin = (Plugins.Passive) config.passives().get(member.acceptor().getScheme());
    StandIn standIn = new StandIn(
        context, id, own -> new LogReconfigPlugin().create(own),
        message -> inbox.onMessage(id, message));
    PassiveThread thread = new PassiveThread(
        "synod-" + context.self() + "-" + id, member, standIn,
        () -> plugin.open(
            member.acceptor(), new Plugins.PassiveUse(
                config.cluster(), context.self(), id, LocalRim.newIncarnation(random)),
            new KryoCodec(), config.settings()));
    thread.held(heldByAll, heldByMost);
    threads.put(id, thread);
    thread.start();
  }

  @Override
  public void held(InstanceId byAll, InstanceId byMost) {
    heldByAll = byAll;
    heldByMost = byMost;
    threads.values().forEach(thread -> thread.held(byAll, byMost));
  }

  /** True if {@code to} is a passive acceptor, which gets the message then. */
  boolean take(NodeId to, Message message) {
    PassiveThread thread = threads.get(to);
    if (thread == null) {
      return false;
    }
    thread.onMessage(message);
    return true;
  }

  /** Waits for exchanges on their way, so that nothing is written later; not for one that hangs. */
  @Override
  public void close() {
    threads.values().forEach(PassiveThread::close);
    long deadline = System.nanoTime() + MOST_NANOS_TO_END;
    for (PassiveThread thread : threads.values()) {
      if (!thread.ended(deadline)) {
        LOG.warn("closing while {} at {} has not answered an exchange",
            thread.member().id(), thread.member().place());
      }
    }
    threads.clear();
  }
}

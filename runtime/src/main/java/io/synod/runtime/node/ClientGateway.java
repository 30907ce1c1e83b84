package io.synod.runtime.node;

import io.synod.api.message.ClientMessage.Refusal.Kind;
import io.synod.api.message.ClientMessage;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.replication.ReadOutcome;
import io.synod.api.replication.ReplicatedStateMachine;
import io.synod.api.transport.ClientReceiver;
import io.synod.replication.ReplicationSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients' requests on the loop. Replies leave at the end of the turn, when everything of that
 * turn went well; those for a client that has gone are dropped.
 */
final class ClientGateway implements ClientReceiver {
  /** The bounds of what a client may ask. */
  record Limits(long queueBytes, long requestBytes, int openReads) {}

  private static final Logger LOG = LoggerFactory.getLogger(ClientGateway.class);

  private final NodeId self;
  private final EventLoop loop;
  private final ReplicatedStateMachine machine;
  private final Limits limits;
  private final Map<ClientLink, Client> clients = new LinkedHashMap<>();
  private final List<Client> receivers = new ArrayList<>();
  private final List<ClientMessage> replies = new ArrayList<>();
  private int openReads;

  ClientGateway(NodeId self, EventLoop loop, ReplicatedStateMachine machine, Limits limits) {
    this.self = self;
    this.loop = loop;
    this.machine = machine;
    this.limits = limits;
  }

  @Override
  public void onClientMessage(ClientLink client, ClientMessage message) {
    int weight = Weights.of(message);
    if (!loop.offer(new Arrived(this, client, message, weight), limits.queueBytes)) {
      client.send(refusal(message, Kind.OVERLOADED, "too much waits at " + self));
    }
  }

  @Override
  public void onClientClosed(ClientLink link) {
    loop.post(() -> {
      Client gone = clients.remove(link);
      if (gone != null) {
        forget(gone);
      }
    });
  }

  /** Nothing more is sent for it; its sessions go on at another node, or expire. */
  private void forget(Client gone) {
    gone.open = false;
    gone.sessions.forEach(machine::detach);
    gone.sessions.clear();
  }

  /** On the loop, at the end of a turn. */
  void sendReplies() {
    for (int i = 0; i < replies.size(); i++) {
      Client to = receivers.get(i);
      if (to.open) {
        to.link.send(replies.get(i));
      }
    }
    receivers.clear();
    replies.clear();
  }

  private record Arrived(
      ClientGateway gateway, ClientLink link, ClientMessage message, int weight)
      implements LoopTask {
    @Override
    public void run() {
      gateway.handle(gateway.clients.computeIfAbsent(link, Client::new), message);
    }

    @Override
    public void abandoned() {
      link.close();
    }
  }

  private void handle(Client client, ClientMessage message) {
    if (message instanceof ClientMessage.Submit submit) {
      submit(client, submit);
    } else if (message instanceof ClientMessage.Query query) {
      read(client, query);
    } else if (message instanceof ClientMessage.OpenSession open) {
      machine.openSession(open.nonce(), session -> reply(client, session < 0
          ? refusal(open, Kind.UNAVAILABLE, "no session can be opened now")
          : new ClientMessage.SessionOpened(open.nonce(), session)));
    } else if (message instanceof ClientMessage.Ping ping) {
      if (ping.session() > 0) {
        machine.keepAlive(ping.session());
      }
      reply(client, new ClientMessage.Pong());
    } else {
      LOG.warn("[{}] a client sent a {}, which only nodes send; closing its connection", self,
          message.getClass().getSimpleName());
      clients.remove(client.link);
      forget(client);
      client.link.close();
    }
  }

  /** A command that is too large is refused with all behind it: the session has no gaps. */
  private void submit(Client client, ClientMessage.Submit submit) {
    List<byte[]> commands = submit.commands();
    int fit = 0;
    while (fit < commands.size() && commands.get(fit).length <= limits.requestBytes) {
      fit++;
    }
    if (fit > 0 || commands.isEmpty()) {
      SessionReplies replies = new SessionReplies(client, submit.session(), submit.sequence());
      client.sessions.put(submit.session(), replies);
      machine.submit(submit.session(), submit.sequence(), submit.answered(),
          fit == commands.size() ? commands : commands.subList(0, fit), replies);
    }
    if (fit < commands.size()) {
      reply(client, new ClientMessage.Refusal(
          Kind.INVALID, submit.session(), submit.sequence() + fit,
          tooLarge(commands.get(fit).length)));
    }
  }

  private void read(Client client, ClientMessage.Query query) {
    if (query.query().length > limits.requestBytes) {
      reply(client, refusal(query, Kind.INVALID, tooLarge(query.query().length)));
    } else if (openReads >= limits.openReads) {
      reply(client, refusal(query, Kind.OVERLOADED, "too many reads wait at " + self));
    } else {
      openReads++;
      machine.read(query.mode(), query.minIndex(), query.query(), outcome -> {
        openReads--;
        reply(client, answer(query, outcome));
      });
    }
  }

  private static ClientMessage answer(ClientMessage.Query query, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.Answer answer) {
      return new ClientMessage.QueryResult(query.request(), answer.index(), answer.result());
    }
    return refusal(
        query, Kind.UNAVAILABLE, ((ReadOutcome.Unavailable) outcome).detail());
  }

  private String tooLarge(int bytes) {
    return bytes + " bytes are more than " + ReplicationSettings.MAX_COMMAND.key() + " = "
        + limits.requestBytes;
  }

  private void reply(Client client, ClientMessage message) {
    if (client.open) {
      receivers.add(client);
      replies.add(message);
    }
  }

  private static ClientMessage.Refusal refusal(
      ClientMessage request, Kind kind, String reason) {
    long session = 0;
    long about = 0;
    if (request instanceof ClientMessage.Submit submit) {
      session = submit.session();
      about = submit.sequence();
    } else if (request instanceof ClientMessage.OpenSession open) {
      about = open.nonce();
    } else if (request instanceof ClientMessage.Query query) {
      about = query.request();
    }
    return new ClientMessage.Refusal(kind, session, about, reason);
  }

  /** One connection, while it lasts. */
  private static final class Client {
    private final ClientLink link;
    private final Map<Long, SessionReplies> sessions = new LinkedHashMap<>();
    private boolean open = true;

    Client(ClientLink link) {
      this.link = link;
    }
  }

  /** What becomes of the commands of one message. */
  private final class SessionReplies implements ReplicatedStateMachine.SessionListener {
    private final Client client;
    private final long session;
    private final long first;

    SessionReplies(Client client, long session, long first) {
      this.client = client;
      this.session = session;
      this.first = first;
    }

    @Override
    public void applied(long sequence, InstanceId instance, byte[] result) {
      reply(client, new ClientMessage.Result(session, sequence, instance, result));
    }

    @Override
    public void refused(long sequence, boolean overloaded) {
      reply(client, overloaded
          ? new ClientMessage.Refusal(
              Kind.OVERLOADED, session, sequence, "too many commands wait at " + self)
          : new ClientMessage.Refusal(
              Kind.UNAVAILABLE, session, sequence, "no leader is within reach of " + self));
    }

    @Override
    public void expired() {
      reply(client, new ClientMessage.Refusal(
          Kind.SESSION_EXPIRED, session, first, "the session is unknown or expired"));
    }
  }
}

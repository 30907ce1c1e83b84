package io.synod.testkit.contract;

import io.synod.api.effect.Clock;
import io.synod.api.effect.Effects;
import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import io.synod.api.register.LocalAcceptor;
import io.synod.api.storage.DurableRecord;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One acceptor with everything that it does written down, and a journal to restart it from. */
final class AcceptorBench {
  static final Configuration THREE = new Configuration(
      List.of(Member.founding("n1", "a:1"), Member.founding("n2", "b:1"),
          Member.founding("n3", "c:1")), "majority");
  static final NodeId SELF = NodeId.of("n1");

  private final Plugins.Register plugin;
  private final Settings settings;
  private final List<DurableRecord> journal = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private LocalAcceptor acceptor;

  /** What it sent, how much was in its journal then, and whether it waited for the force of it. */
  record Answer(NodeId to, Reply reply, int journal, boolean waited) {}

  AcceptorBench(Plugins.Register plugin, Settings settings) {
    this.plugin = plugin;
    this.settings = settings;
    start();
  }

  private void start() {
    LayerContext context = new LayerContext(SELF, new Incarnation(7), THREE, new Recorder(),
        new Frozen(), (delay, task) -> () -> {}, new Random(1), line -> {}, settings);
    acceptor = plugin.acceptor(context, new LogReconfigPlugin().create(context));
  }

  /** Stops and comes back from its journal, the first store of its id. */
  void restart() {
    start();
    List.copyOf(journal).forEach(acceptor::recover);
    acceptor.founding(true);
  }

  LocalAcceptor acceptor() {
    return acceptor;
  }

  List<DurableRecord> journal() {
    return List.copyOf(journal);
  }

  /** What it answers to a request of the ballot's owner. */
  List<Answer> ask(RegisterMessage.Request request) {
    return askAs(request.ballot().proposer(), request);
  }

  List<Answer> askAs(NodeId from, RegisterMessage.Request request) {
    answers.clear();
    acceptor.onRequest(from, request);
    return List.copyOf(answers);
  }

  private final class Recorder implements Effects {
    @Override
    public void persist(DurableRecord record) {
      journal.add(record);
    }

    @Override
    public void send(NodeId to, Message message) {
      answers.add(new Answer(to, (Reply) message, journal.size(), true));
    }

    @Override
    public void sendNow(NodeId to, Message message) {
      answers.add(new Answer(to, (Reply) message, journal.size(), false));
    }

    @Override
    public void whenDurable(Runnable then) {
      then.run();
    }

    @Override
    public void dropBeforeCheckpoint() {
      throw new AssertionError("an acceptor does not decide what of the journal may go");
    }
  }

  /** An acceptor needs no time. */
  private static final class Frozen implements Clock {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public long wallMillis() {
      throw new AssertionError("an acceptor reads no wall clock");
    }
  }
}

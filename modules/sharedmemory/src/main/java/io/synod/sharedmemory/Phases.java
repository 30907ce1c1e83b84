package io.synod.sharedmemory;

import io.synod.api.memory.Tag;
import io.synod.api.message.MemoryMessage.Answer;
import io.synod.api.message.MemoryMessage.Read;
import io.synod.api.message.MemoryMessage.ReadAck;
import io.synod.api.message.MemoryMessage.Request;
import io.synod.api.message.MemoryMessage.Write;
import io.synod.api.message.MemoryMessage.WriteAck;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.LayerContext;
import io.synod.link.LinkSettings;
import io.synod.link.Retransmission;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The asking side: round trips to a read or a write quorum, under numbers used only once. */
final class Phases {
  private static final int NUMBERS_A_LIFE = 32;

  private final LayerContext context;
  private final QuorumSystem quorums;
  private final Map<Long, Phase<?>> open = new TreeMap<>();
  private long last;

  Phases(LayerContext context, QuorumSystem quorums) {
    this.context = context;
    this.quorums = quorums;
  }

  /** The number of this life is on disk: no later one will have it. */
  void begin(long epoch) {
    last = epoch << NUMBERS_A_LIFE;
  }

  /** Asks all for their copies; {@code then} gets those of a read quorum. */
  void read(String name, Consumer<Map<NodeId, ReadAck>> then) {
    begin(new Phase<>(new Read(++last, name), ReadAck.class, quorums::isReadQuorum, then));
  }

  /** Asks all to keep a value; {@code then} runs when a write quorum has it on disk. */
  void write(String name, Tag tag, byte[] value, Runnable then) {
    begin(new Phase<>(
        new Write(++last, name, tag, value), WriteAck.class, quorums::isWriteQuorum,
        acks -> then.run()));
  }

  /** Of a replica. Late answers, copies of answers, and those to former lives count for nothing. */
  void onAnswer(NodeId from, Answer answer) {
    Phase<?> phase = open.get(answer.request());
    if (phase != null && quorums.acceptors().contains(from) && phase.answered(from, answer)) {
      open.remove(answer.request());
      phase.end();
    }
  }

  private void begin(Phase<?> phase) {
    open.put(phase.request().request(), phase);
    phase.begin(new Retransmission(
        context.timers(), context.clock(), context.settings().nanos(LinkSettings.RESEND),
        context.settings().nanos(LinkSettings.RESEND_MOST), () -> send(phase)));
    send(phase);
  }

  /** A value leaves after the own copy of it is on disk; a question may leave at once. */
  private void send(Phase<?> phase) {
    Request request = phase.request();
    for (NodeId replica : quorums.acceptors()) {
      if (phase.hasAnswered(replica)) {
        continue;
      }
      if (request instanceof Write) {
        context.effects().send(replica, request);
      } else {
        context.effects().sendNow(replica, request);
      }
    }
  }
}

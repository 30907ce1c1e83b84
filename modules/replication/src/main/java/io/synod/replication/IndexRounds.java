package io.synod.replication;

import io.synod.api.broadcast.TotalOrderBroadcast;
import io.synod.api.message.ReplicationMessage;
import io.synod.api.plugin.LayerContext;
import io.synod.link.Retransmission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * The reads of one mode that need an index from the leader: those of one turn share one question,
 * which is asked again until it is answered. An index given for a later round is good for the
 * earlier ones too.
 */
final class IndexRounds {
  private static final long NOT_LEADING = -1;

  private final LayerContext context;
  private final TotalOrderBroadcast broadcast;
  private final Forwarder forwarder;
  private final Question question;
  private final LongSupplier numbers;
  private final Consumer<Read> ready;
  private final Retransmission resend;
  private final List<Read> fresh = new ArrayList<>();
  private final ArrayDeque<Round> asking = new ArrayDeque<>();

  private record Round(long number, List<Read> reads) {}

  /** How to ask the own broadcast, and how to ask the leader elsewhere. */
  record Question(
      Consumer<LongConsumer> here, LongFunction<ReplicationMessage> there) {}

  /**
   * Gets numbers that no other round of this node has, and hands reads on once they have their
   * index.
   */
  IndexRounds(
      LayerContext context, TotalOrderBroadcast broadcast, Forwarder forwarder, Question question,
      LongSupplier numbers, Consumer<Read> ready, Outbox.RetransmissionFactory retransmissions) {
    this.context = context;
    this.broadcast = broadcast;
    this.forwarder = forwarder;
    this.question = question;
    this.numbers = numbers;
    this.ready = ready;
    this.resend = retransmissions.create(this::askAgain);
  }

  void add(Read read) {
    fresh.add(read);
  }

  /** Asks for one index for all reads of this turn. */
  void endOfTurn() {
    if (!fresh.isEmpty()) {
      Round round = new Round(numbers.getAsLong(), new ArrayList<>(fresh));
      fresh.clear();
      asking.add(round);
      ask(round);
    }
  }

  private void ask(Round round) {
    resend.begin();
    if (broadcast.leading()) {
      question.here().accept(index -> onIndex(round.number(), index));
    } else {
      forwarder.leader().filter(to -> !to.equals(context.self())).ifPresent(to ->
          context.effects().sendNow(to, question.there().apply(round.number())));
    }
  }

  /** The latest round stands for all that are open. */
  void askAgain() {
    if (!asking.isEmpty()) {
      ask(asking.peekLast());
    }
  }

  /** No effect if that number was never asked here: it is another mode's, or a former life's. */
  void onIndex(long number, long index) {
    boolean asked = asking.stream().anyMatch(round -> round.number() == number);
    if (index == NOT_LEADING || !asked) {
      return; // asked again when somebody leads
    }
    resend.answered();
    while (!asking.isEmpty() && asking.peek().number() <= number) {
      asking.poll().reads().forEach(read -> ready.accept(read.at(index)));
    }
    if (asking.isEmpty()) {
      resend.end();
    }
  }

  /** Moves those whose time is over to {@code late}. */
  void takeLate(long now, List<Read> late) {
    for (Round round : asking) {
      Read.takeLate(round.reads(), now, late);
    }
    asking.removeIf(round -> round.reads().isEmpty());
    if (asking.isEmpty()) {
      resend.end();
    }
  }
}

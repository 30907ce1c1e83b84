package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.QuorumSystem;
import io.synod.api.model.Value;
import io.synod.api.storage.DurableRecord;
import io.synod.testkit.oracle.Speakers.Speaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What every ballot proposed, what is chosen and what can still be chosen, as messages and
 * records show it: the ghost state of PCon that several oracles share. It reports nothing by
 * itself. Ballots that can choose nothing more are settled, and their values forgotten in time.
 */
public final class BallotLedger implements Observer {
  private static final int CHOSEN = 1 << 17;
  private static final int SETTLED = 64;

  private final LeaderQuorums quorums;
  private final Speakers speakers = new Speakers();
  private final List<ProposalWatcher> watchers = new ArrayList<>();
  private final TreeMap<Ballot, BallotView> views = new TreeMap<>();
  private final List<BallotView> open = new ArrayList<>();
  private final Deque<BallotView> settled = new ArrayDeque<>();
  private final Recent<Chosen> chosen = new Recent<>(CHOSEN);
  private long chosenUpTo;
  private BallotView lastView;
  private Message lastMessage;

  /** With the quorum system of a configuration. */
  public BallotLedger(Function<Configuration, QuorumSystem> quorums) {
    this.quorums = new LeaderQuorums(quorums);
  }

  void watch(ProposalWatcher watcher) {
    watchers.add(watcher);
  }

  /** Everything up to here is chosen. */
  long chosenUpTo() {
    return chosenUpTo;
  }

  /** Everything ≤ {@code upTo} is claimed to be decided: is it chosen? */
  boolean isChosen(InstanceId upTo) {
    return upTo.number() <= chosenUpTo;
  }

  /** The value chosen there; null if none is, or too long ago. */
  Value chosen(long instance) {
    Chosen there = chosen.get(instance);
    return there == null ? null : there.value;
  }

  /** The value chosen there in a ballot below {@code ballot}, or null. */
  Value chosenBelow(Ballot ballot, long instance) {
    Chosen there = chosen.get(instance);
    return there != null && there.ballot.before(ballot) ? there.value : null;
  }

  /** How many ballots have come as far as a 1c: elections that got a leader. */
  public int ballots() {
    return views.size();
  }

  /** That ballot, or null if it has no 1c. */
  BallotView view(Ballot ballot) {
    if (lastView == null || !lastView.ballot().equals(ballot)) {
      BallotView view = views.get(ballot);
      if (view == null) {
        return null;
      }
      lastView = view;
    }
    return lastView;
  }

  /** The ballots that can still choose something. */
  List<BallotView> open() {
    return open;
  }

  /** All above {@code ballot} that have a 1c, in order. */
  Collection<BallotView> above(Ballot ballot) {
    return views.tailMap(ballot, false).values();
  }

  Speakers speakers() {
    return speakers;
  }

  /** As the leader of that ballot has to count now. */
  QuorumSystem quorum(Ballot ballot, Configuration configuration) {
    return quorums.now(ballot.proposer(), configuration);
  }

  @Override
  public void started(Life life) {
    quorums.started(life);
  }

  /** Where votes are in memory only, an acceptor that stops votes no more. */
  @Override
  public void stopped(Life life) {
    Speaker gone = life.stable() ? null : speakers.gone(life.node(), life.incarnation());
    if (gone != null) {
      open.forEach(view -> view.leaves(gone));
      settle();
    }
  }

  @Override
  public void layer(Life life, LayerEvent event) {
    quorums.layer(life, event);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Reply reply) {
      answered(from.node(), reply);
    } else if (message != lastMessage) {
      lastMessage = message;
      if (message instanceof RegisterMessage.Accept accept) {
        proposed(accept.ballot(), accept.first().number(), accept.values());
      } else if (message instanceof RegisterMessage.Adopt adopt) {
        safe(adopt.oneC());
      }
    }
  }

  @Override
  public void passiveSaid(NodeId passive, Life to, Message message) {
    if (message instanceof RegisterMessage.Reply reply) {
      answered(passive, reply);
    }
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      proposed(voted.ballot(), voted.first().number(), voted.values());
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      safe(stored.oneC());
    }
  }

  private void safe(OneC oneC) {
    BallotView known = view(oneC.ballot());
    if (known == null) {
      begin(oneC);
    } else if (known.oneC() != oneC && !known.oneC().equals(oneC)) {
      watchers.forEach(w -> w.twoOneCs(known, oneC));
    }
  }

  private void begin(OneC oneC) {
    BallotView view = new BallotView(oneC, quorums.of(oneC), speakers);
    views.put(oneC.ballot(), view);
    open.add(view);
    lastView = view;
    closePredecessor(oneC.ballot());
    watchers.forEach(w -> w.safe(view));
    proposed(oneC.ballot(), oneC.low().number(), oneC.window());
    settle();
  }

  private void closePredecessor(Ballot ballot) {
    BallotView before = ballot.k() == 0
        ? null : views.get(new Ballot(ballot.n(), ballot.proposer(), ballot.k() - 1));
    if (before != null) {
      before.close();
    }
  }

  private void proposed(Ballot ballot, long first, List<Value> values) {
    BallotView view = view(ballot);
    for (int i = 0; i < values.size(); i++) {
      proposed(view, ballot, first + i, values.get(i));
    }
  }

  private void proposed(BallotView view, Ballot ballot, long instance, Value value) {
    Value known = view == null ? null : view.value(instance);
    if (known == value || view != null && known == null && view.forgot(instance)) {
      return;
    }
    if (known == null) {
      for (ProposalWatcher watcher : watchers) {
        watcher.proposed(ballot, instance, value);
      }
      if (view != null) {
        view.propose(instance, value);
      }
    } else if (!known.equals(value)) {
      watchers.forEach(w -> w.twoValues(view, instance, known, value));
    }
  }

  private void answered(NodeId node, RegisterMessage.Reply reply) {
    if (reply instanceof RegisterMessage.Nack || reply instanceof RegisterMessage.Confirmed) {
      return; // these promise nothing about the disk
    }
    Speaker speaker = speakers.of(node, reply.incarnation());
    if (speaker.speaks(reply.ballot())) {
      left(speaker, reply.ballot());
    }
    if (reply instanceof RegisterMessage.Accepted accepted) {
      voted(speaker, accepted);
    } else if (reply instanceof RegisterMessage.Stored) {
      stored(speaker, view(reply.ballot()));
    }
  }

  /** An answer in a higher ballot ends the voting in all lower ones. */
  private void left(Speaker speaker, Ballot ballot) {
    for (BallotView view : open) {
      if (view.ballot().before(ballot)) {
        view.leaves(speaker);
      }
    }
    settle();
  }

  private void settle() {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).settled()) {
        settled.add(open.remove(i));
      }
    }
    while (settled.size() > SETTLED) {
      settled.poll().forgetValues();
    }
  }

  private void stored(Speaker speaker, BallotView view) {
    if (view != null && view.stored(speaker)) {
      watchers.forEach(w -> w.active(view));
    }
  }

  private void voted(Speaker speaker, RegisterMessage.Accepted accepted) {
    BallotView view = view(accepted.ballot());
    if (view == null) {
      return;
    }
    long from = Math.max(view.chosenUpTo() + 1, view.low());
    if (view.voted(speaker, accepted.upTo().number())) {
      for (long i = from; i <= view.chosenUpTo(); i++) {
        choose(view, i);
      }
      chosenUpTo = Math.max(chosenUpTo, view.chosenUpTo());
    }
  }

  private void choose(BallotView view, long instance) {
    Value value = view.value(instance);
    for (ProposalWatcher watcher : watchers) {
      watcher.chosen(view.ballot(), instance, value);
    }
    Chosen known = chosen.get(instance);
    if (value != null && (known == null || view.ballot().before(known.ballot))) {
      chosen.put(instance, new Chosen(view.ballot(), value));
    }
  }

  private record Chosen(Ballot ballot, Value value) {}
}

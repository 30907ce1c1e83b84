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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What every ballot proposed and what is chosen, as messages and records show it: the ghost state
 * of PCon that several oracles share. It reports nothing by itself.
 */
public final class BallotLedger implements Observer {
  private final Function<Configuration, QuorumSystem> quorums;
  private final List<ProposalWatcher> watchers = new ArrayList<>();
  private final Map<Ballot, View> views = new TreeMap<>();
  private final Long2ObjectHashMap<Chosen> chosen = new Long2ObjectHashMap<>();
  private long chosenUpTo;
  private View lastView;
  private Message lastMessage;

  /** With the quorum system of a configuration. */
  public BallotLedger(Function<Configuration, QuorumSystem> quorums) {
    this.quorums = quorums;
  }

  void watch(ProposalWatcher watcher) {
    watchers.add(watcher);
  }

  /** Everything up to here is chosen. */
  long chosenUpTo() {
    return chosenUpTo;
  }

  /** The value chosen there, or null. */
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

  /** The 1c of that ballot, or null. */
  OneC oneC(Ballot ballot) {
    View view = view(ballot);
    return view == null ? null : view.oneC;
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Accepted accepted) {
      voted(from.node(), accepted);
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
  public void persisted(Life life, DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      proposed(voted.ballot(), voted.first().number(), voted.values());
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      safe(stored.oneC());
    }
  }

  private void safe(OneC oneC) {
    if (view(oneC.ballot()) == null) {
      View view = new View(oneC, quorums.apply(oneC.configuration()));
      views.put(oneC.ballot(), view);
      lastView = view;
      watchers.forEach(w -> w.safe(oneC));
    }
    proposed(oneC.ballot(), oneC.low().number(), oneC.window());
  }

  private void proposed(Ballot ballot, long first, List<Value> values) {
    View view = view(ballot);
    for (int i = 0; i < values.size(); i++) {
      proposed(view, ballot, first + i, values.get(i));
    }
  }

  private void proposed(View view, Ballot ballot, long instance, Value value) {
    Value known = view == null ? null : view.values.get(instance);
    if (known == null) {
      if (view != null) {
        view.values.put(instance, value);
      }
      watchers.forEach(w -> w.proposed(ballot, instance, value));
    } else if (known != value && !known.equals(value)) {
      watchers.forEach(w -> w.twoValues(ballot, instance, known, value));
    }
  }

  private void voted(NodeId acceptor, RegisterMessage.Accepted accepted) {
    View view = view(accepted.ballot());
    if (view == null) {
      return;
    }
    long reached = view.voted(acceptor, accepted.upTo().number());
    for (long i = Math.max(view.written + 1, view.oneC.low().number()); i <= reached; i++) {
      choose(view, i);
    }
    view.written = Math.max(view.written, reached);
    chosenUpTo = Math.max(chosenUpTo, reached);
  }

  private void choose(View view, long instance) {
    Value value = view.values.get(instance);
    watchers.forEach(w -> w.chosen(view.oneC.ballot(), instance, value));
    if (value != null) {
      chosen.putIfAbsent(instance, new Chosen(view.oneC.ballot(), value));
    }
  }

  private View view(Ballot ballot) {
    if (lastView == null || !lastView.oneC.ballot().equals(ballot)) {
      View view = views.get(ballot);
      if (view == null) {
        return null;
      }
      lastView = view;
    }
    return lastView;
  }

  /** Everything ≤ {@code upTo} is claimed to be decided: is it chosen? */
  boolean isChosen(InstanceId upTo) {
    return upTo.number() <= chosenUpTo;
  }

  private record Chosen(Ballot ballot, Value value) {}

  private static final class View {
    private final OneC oneC;
    private final QuorumSystem quorum;
    private final List<NodeId> acceptors;
    private final long[] reached;
    private final Long2ObjectHashMap<Value> values = new Long2ObjectHashMap<>();
    private long written;

    View(OneC oneC, QuorumSystem quorum) {
      this.oneC = oneC;
      this.quorum = quorum;
      this.acceptors = quorum.acceptors();
      this.reached = new long[acceptors.size()];
    }

    long voted(NodeId acceptor, long upTo) {
      int index = acceptors.indexOf(acceptor);
      if (index >= 0) {
        reached[index] = Math.max(reached[index], upTo);
      }
      return quorum.reachedByWriteQuorum(reached);
    }
  }
}

package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage;
import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.storage.DurableRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * P1bInv on what a stable acceptor has recorded: a 1b of ballot b names its last vote below b at
 * every instance asked for and still kept, and names no vote that it did not cast.
 */
public final class PromiseReportsVotes extends Oracle {
  private final Map<NodeId, Cast> votes = new TreeMap<>();
  private final Map<Ballot, InstanceId> asked = new HashMap<>();

  /** Reports to {@code findings}. */
  public PromiseReportsVotes(Findings findings) {
    super(findings);
  }

  @Override
  public void started(Life life) {
    votes.put(life.node(), new Cast());
  }

  @Override
  public void recovered(Life life, DurableRecord record) {
    add(votes.get(life.node()), record);
  }

  @Override
  public void persisted(Life life, DurableRecord record) {
    add(votes.get(life.node()), record);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    if (message instanceof RegisterMessage.Prepare prepare) {
      asked.merge(prepare.ballot(), prepare.from(), InstanceId::max);
    } else if (message instanceof RegisterMessage.Promise promise && from.stable()) {
      judge(from, promise);
    }
  }

  private void judge(Life from, RegisterMessage.Promise promise) {
    Cast cast = votes.get(from.node());
    Map<Long, Vote> reported = new HashMap<>();
    for (Vote vote : promise.votes()) {
      reported.put(vote.instance().number(), vote);
      Vote known = cast.votes.get(vote.instance().number());
      if (vote.instance().number() < cast.forgottenBelow) {
        continue; // the answer is older than the checkpoint by which the vote could go
      }
      if (known == null || known.ballot().before(promise.ballot()) && !known.equals(vote)) {
        violated(from + " reported " + vote + " in ballot " + promise.ballot(), "it cast " + known);
      }
    }
    InstanceId first = asked.get(promise.ballot());
    if (first != null) {
      judgeComplete(from, promise, InstanceId.max(first, promise.kept()), reported);
    }
    cast.forget(promise.kept());
  }

  private void judgeComplete(
      Life from, RegisterMessage.Promise promise, InstanceId first, Map<Long, Vote> reported) {
    for (Vote vote : votes.get(from.node()).votes.tailMap(first.number()).values()) {
      if (vote.ballot().before(promise.ballot())
          && !reported.containsKey(vote.instance().number())) {
        violated(
            from + " cast " + vote,
            "its 1b of ballot " + promise.ballot() + " for instances from " + first
                + " does not say so");
      }
    }
  }

  private static void add(Cast cast, DurableRecord record) {
    if (record instanceof DurableRecord.Voted voted) {
      add(cast, voted.ballot(), voted.first(), voted.values());
    } else if (record instanceof DurableRecord.StoredOneC stored) {
      add(cast, stored.oneC().ballot(), stored.oneC().low(), stored.oneC().window());
    } else if (record instanceof DurableRecord.Checkpoint checkpoint) {
      cast.forget(checkpoint.kept());
      checkpoint.votes().forEach(vote -> cast.votes.put(vote.instance().number(), vote));
    }
  }

  private static void add(Cast cast, Ballot ballot, InstanceId first, List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      InstanceId instance = first.plus(i);
      cast.votes.put(instance.number(), new Vote(instance, ballot, values.get(i)));
    }
  }

  /** What one store has recorded, without what it may have forgotten. */
  private static final class Cast {
    private final TreeMap<Long, Vote> votes = new TreeMap<>();
    private long forgottenBelow;

    void forget(InstanceId kept) {
      forgottenBelow = Math.max(forgottenBelow, kept.number());
      votes.headMap(kept.number()).clear();
    }
  }
}

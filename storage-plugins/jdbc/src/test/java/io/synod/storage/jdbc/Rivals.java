package io.synod.storage.jdbc;

import io.synod.api.model.Ballot;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.passive.PassiveStore;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Proposers that raise their ballots against each other at one acceptor. */
final class Rivals {
  private static final int VOTES_IN_A_BALLOT = 4;
  private static final long PATIENCE_SECONDS = 120;

  private final int rounds;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong instances = new AtomicLong();
  private final List<Promise> promises = Collections.synchronizedList(new ArrayList<>());

  /** Who proposes, and how it reaches the acceptor. */
  record Proposer(NodeId self, PassiveStore store) {}

  /** A promise that was made, and the votes that its proposer was told of. */
  record Promise(Ballot ballot, List<Vote> votes) {}

  Rivals(int rounds) {
    this.rounds = rounds;
  }

  void run(Proposer... proposers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(proposers.length);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (Proposer proposer : proposers) {
        all.add(() -> propose(proposer));
      }
      for (Future<Void> each : threads.invokeAll(all, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Goes on voting in its ballot although it may have lost it: the acceptor has to refuse. */
  private Void propose(Proposer proposer) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Ballot ballot = new Ballot(numbers.incrementAndGet(), proposer.self, 0);
      View view = proposer.store.exchange(new Step(
          ballot, List.of(new Promised(ballot)), Optional.of(InstanceId.FIRST)));
      if (!ballot.before(view.promised())) {
        promises.add(new Promise(ballot, view.votes()));
      }
      for (int i = 0; i < VOTES_IN_A_BALLOT; i++) {
        Voted vote = new Voted(
            ballot, InstanceId.of(instances.incrementAndGet()), List.of(Value.SKIP));
        proposer.store.exchange(new Step(ballot, List.of(vote), Optional.empty()));
      }
    }
    return null;
  }

  List<Promise> promises() {
    return List.copyOf(promises);
  }

  /** Votes in a ballot below a promise that were not there when it was made; each is one's own. */
  List<Vote> late(View atTheEnd) {
    return promises().stream().flatMap(promise -> atTheEnd.votes().stream()
        .filter(vote -> vote.ballot().before(promise.ballot))
        .filter(vote -> !promise.votes.contains(vote))).distinct().toList();
  }
}

package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.model.Ballot;
import io.synod.api.model.Vote;
import java.util.TreeMap;

/** Follows one acceptor and knows what it has bound itself to by its answers. */
final class AcceptorRun {
  private final AcceptorBench bench;
  private final boolean stable;
  private final TreeMap<Long, Vote> acknowledged = new TreeMap<>();
  private final TreeMap<Long, Vote> asked = new TreeMap<>();
  private Ballot promised = Ballot.BOTTOM;
  private Ballot ballotOfAsked = Ballot.BOTTOM;

  AcceptorRun(AcceptorBench bench, boolean stable) {
    this.bench = bench;
    this.stable = stable;
  }

  /** One request, and before it perhaps a restart. */
  void step(Request request, boolean restart) {
    if (restart && stable) {
      bench.restart();
    }
    assertThat(bench.acceptor().promised()).as("promise before %s", request)
        .isGreaterThanOrEqualTo(promised);
    if (request instanceof Accept accept) {
      remember(accept);
    }
    for (AcceptorBench.Answer answer : bench.ask(request)) {
      judge(answer.reply());
    }
  }

  private void remember(Accept accept) {
    if (!accept.ballot().equals(ballotOfAsked)) {
      ballotOfAsked = accept.ballot();
      asked.clear();
    }
    asked.put(accept.first().number(),
        new Vote(accept.first(), accept.ballot(), accept.values().get(0)));
  }

  private void judge(Reply reply) {
    if (reply instanceof Nack nack) {
      assertThat(nack.promised()).isGreaterThan(nack.ballot());
      return;
    }
    assertThat(reply.ballot()).as("%s after a promise of %s", reply, promised)
        .isGreaterThanOrEqualTo(promised);
    promised = reply.ballot();
    if (reply instanceof Accepted accepted) {
      asked.headMap(accepted.upTo().number(), true).forEach((instance, vote) -> {
        if (vote.ballot().equals(accepted.ballot())) {
          acknowledged.put(instance, vote);
        }
      });
    } else if (reply instanceof Promise promise) {
      assertThat(promise.votes()).allMatch(vote -> vote.ballot().before(promise.ballot()));
      assertThat(promise.votes()).as("%s hides no acknowledged vote", promise)
          .allMatch(vote -> notLower(vote, acknowledged.get(vote.instance().number())));
      acknowledged.keySet().forEach(instance -> assertThat(promise.votes())
          .as("votes at acknowledged instances")
          .anyMatch(vote -> vote.instance().number() == instance));
    }
  }

  private static boolean notLower(Vote reported, Vote known) {
    return known == null || !reported.ballot().before(known.ballot());
  }
}

package io.synod.testkit.sabotage;

import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Vote;
import java.util.List;

/** Promises that say something else than those they are made from. */
final class Altered {
  private Altered() {}

  static Promise votes(Promise p, List<Vote> votes) {
    return new Promise(
        p.ballot(), p.incarnation(), p.founding(), p.kept(), p.floor(), p.active(), p.adopted(),
        p.configurations(), votes);
  }

  static Promise ballot(Promise p, Ballot ballot) {
    return new Promise(
        ballot, p.incarnation(), p.founding(), p.kept(), p.floor(), p.active(), p.adopted(),
        p.configurations(), p.votes());
  }
}

package io.synod.register.leased;

import io.synod.api.model.Ballot;
import io.synod.api.model.Vote;
import io.synod.api.passive.Step;
import io.synod.api.passive.View;
import io.synod.api.storage.DurableRecord.Promised;
import io.synod.api.storage.DurableRecord.Voted;
import java.util.ArrayList;
import java.util.List;

/** The steps that an acceptor did not refuse, and what is wrong with all of them together. */
final class AnsweredSteps {
  private final List<Vote> votes = new ArrayList<>();
  private final List<View> promises = new ArrayList<>();
  private final List<Ballot> ballots = new ArrayList<>();

  void add(Step step, View view) {
    if (step.records().get(0) instanceof Voted voted) {
      votes.add(new Vote(voted.first(), voted.ballot(), voted.values().get(0)));
    } else if (step.records().get(0) instanceof Promised promised) {
      ballots.add(promised.ballot());
      promises.add(view);
    }
  }

  int size() {
    return votes.size() + ballots.size();
  }

  /** The first promise that knows nothing of a vote in a lower ballot, or is gone at the end. */
  String flaw(View end) {
    for (int i = 0; i < ballots.size(); i++) {
      if (end.promised().before(ballots.get(i))) {
        return "the promise of " + ballots.get(i) + " is lost";
      }
      for (Vote vote : votes) {
        if (vote.ballot().before(ballots.get(i)) && !knows(promises.get(i), vote)) {
          return ballots.get(i) + " was promised without " + vote;
        }
      }
    }
    for (Vote vote : votes) {
      if (!knows(end, vote)) {
        return vote + " is lost";
      }
    }
    return "";
  }

  private static boolean knows(View view, Vote vote) {
    return view.votes().stream().anyMatch(known ->
        known.instance().equals(vote.instance()) && !known.ballot().before(vote.ballot()));
  }
}

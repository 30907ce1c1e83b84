package io.synod.testkit.sabotage;

import io.synod.api.model.Ballot;
import io.synod.api.passive.View;
import java.util.List;

/** The rules of acceptors that are no processes (Disk Paxos). */
final class PassiveMutants {
  private PassiveMutants() {}

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "disk-unread", "a process does not look what others have promised on a disk",
            "a vote counts once no higher round is read in any block (summer, figure 18)",
            parts -> parts.passiveViews(PassiveMutants::unread)).in("summer"),
        new Sabotage(
            "disk-votes-unread", "a new leader does not look for the votes of others on a disk",
            "read returns the value of the highest round in any block (summer, figure 18)",
            parts -> parts.passiveViews(PassiveMutants::withoutVotes)).in("summer"),
        new Sabotage(
            "disk-read-first", "a process reads a disk, then writes to it",
            "the own block is written before those of others are read (summer, figure 18)",
            parts -> parts.passivesReadFirst()).in("summer"));
  }

  private static View unread(View view) {
    return new View(
        Ballot.BOTTOM, view.adopted(), view.active(), view.kept(), view.floor(),
        view.configurations(), view.votes());
  }

  private static View withoutVotes(View view) {
    return new View(
        view.promised(), view.adopted(), view.active(), view.kept(), view.floor(),
        view.configurations(), List.of());
  }
}

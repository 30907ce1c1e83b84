package io.synod.testkit.sabotage;

import io.synod.api.model.Ballot;
import io.synod.api.passive.View;
import io.synod.register.leased.LeaseTimes;
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
            parts -> parts.passivesReadFirst()).in("summer"),
        new Sabotage(
            "leased-unsettled", "a claim of the lease for writing is believed at once",
            "a claim is read again after a while (passive memory, Fischer)",
            parts -> parts.passiveTimes(right -> new LeaseTimes(
                right.write(), right.term(), right.margin(), 0, right.expiry()))).in("leased"),
        new Sabotage(
            "leased-taken-early", "somebody else's lease for writing is over after half a term",
            "somebody else's record stands for its term first (passive memory)",
            parts -> parts.passiveTimes(right -> new LeaseTimes(
                right.write(), right.term(), right.margin(), right.settling(),
                right.term() / 2))).in("leased"),
        new Sabotage(
            "leased-never-over", "a holder writes for ten terms of its lease",
            "a holder writes until its term is over (passive memory)",
            parts -> parts.passiveTimes(right -> new LeaseTimes(
                right.write(), 10 * right.term(), right.margin(), right.settling(),
                right.expiry()))).in("leased"));
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

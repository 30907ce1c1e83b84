package io.synod.election.omega;

import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The members of the configuration and their votes. */
final class Roster {
  private final Peer self;
  private final Function<NodeId, Peer> newPeer;
  private final List<Peer> promoted = new ArrayList<>();
  private Peer[] members = {};
  private int voters;
  /** They follow whoever leads, and are not asked. */
  private int leftAlone;

  Roster(Peer self, Function<NodeId, Peer> newPeer) {
    this.self = self;
    this.newPeer = newPeer;
  }

  /** Whoever stays a member keeps what is known of it; returns those who were none. */
  List<Peer> members(Configuration configuration) {
    List<Peer> newcomers = new ArrayList<>();
    List<Peer> couldNotLead = Arrays.stream(members).filter(peer -> !peer.mayLead()).toList();
    Peer[] next = new Peer[configuration.members().size()];
    self.role(Role.LEARNER);
    for (int i = 0; i < next.length; i++) {
      Member member = configuration.members().get(i);
      Peer known = member.id().equals(self.id()) ? self : find(member.id());
      next[i] = known == null ? newPeer.apply(member.id()) : known;
      next[i].role(member.role());
      if (find(member.id()) == null) {
        newcomers.add(next[i]);
      }
    }
    promoted.clear();
    for (Peer peer : next) {
      if (couldNotLead.contains(peer) && peer.mayLead()) {
        promoted.add(peer);
      }
    }
    members = next;
    voters = configuration.acceptors().size();
    leftAlone = (int) Arrays.stream(next).filter(Peer::isLeftAlone).count();
    return newcomers;
  }

  /** Members whose role did not let them lead until the present configuration. */
  List<Peer> promoted() {
    return promoted;
  }

  Peer[] members() {
    return members;
  }

  /** The member of that id, or null. A scan: for the few there are it is the fastest way. */
  Peer find(NodeId id) {
    for (Peer peer : members) {
      if (peer.id().equals(id)) {
        return peer;
      }
    }
    return null;
  }

  boolean has(Peer peer) {
    return find(peer.id()) != null;
  }

  /** Whether all that may lead are new as such: no leader that was known can have stayed. */
  boolean leadersAreNew(List<Peer> newcomers) {
    return Arrays.stream(members).filter(Peer::mayLead)
        .allMatch(peer -> promoted.contains(peer) || newcomers.contains(peer));
  }

  /**
   * The first that may lead, or null: in the order of epochs and ids; in that of ids alone if
   * there are newcomers, whose epochs nobody knows.
   */
  Peer firstToLead(List<Peer> newcomers) {
    Peer first = null;
    for (Peer peer : members) {
      boolean before = first == null || newcomers.isEmpty() && peer.precedes(first);
      first = peer.mayLead() && before ? peer : first;
    }
    return first;
  }

  boolean isMajority(int votes) {
    return votes > 0 && 2 * (votes + leftAlone) > voters;
  }

  boolean hearsMajority() {
    return isMajority(heard());
  }

  /** Whether it hears most of those that have a say, whoever counts for whoever needs it. */
  boolean hearsMost() {
    return 2 * heard() > (int) Arrays.stream(members).filter(Peer::votes).count();
  }

  private int heard() {
    int count = 0;
    for (Peer peer : members) {
      if (peer.votes() && (peer == self || peer.trusted())) {
        count++;
      }
    }
    return count;
  }

  /** The candidate with the lowest (epoch, id), or null. */
  Peer lowestCandidate() {
    Peer lowest = null;
    for (Peer peer : members) {
      boolean stands = peer.candidate() && peer.mayLead();
      if (stands && (lowest == null || peer.precedes(lowest))) {
        lowest = peer;
      }
    }
    return lowest;
  }

  /** Whom a majority of the voters report as trusted, or null. */
  Peer trustedByMajority() {
    for (Peer peer : members) {
      if (peer.mayLead() && isMajority(reportsFor(peer))) {
        return peer;
      }
    }
    return null;
  }

  private int reportsFor(Peer peer) {
    int count = 0;
    for (Peer voter : members) {
      if (voter.votes() && peer.id().equals(voter.report())) {
        count++;
      }
    }
    return count;
  }

  /** Merges by maximum; ids that are no members' and senseless numbers are left out. */
  void merge(Map<NodeId, Long> epochs) {
    for (Map.Entry<NodeId, Long> entry : epochs.entrySet()) {
      Peer peer = find(entry.getKey());
      long epoch = entry.getValue();
      if (peer != null && epoch <= Peer.MAX_EPOCH) {
        peer.atLeastEpoch(epoch);
      }
    }
  }

  /** All epochs, without the own one unless {@code withSelf}. */
  SortedMap<NodeId, Long> epochs(boolean withSelf) {
    SortedMap<NodeId, Long> epochs = new TreeMap<>();
    for (Peer peer : members) {
      if (peer != self || withSelf) {
        epochs.put(peer.id(), peer.epoch());
      }
    }
    return epochs;
  }
}

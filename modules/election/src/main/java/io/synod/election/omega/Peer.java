package io.synod.election.omega;

import io.synod.api.model.NodeId;
import io.synod.api.model.Role;

/** What this process knows of one process; of itself too, for epoch and role. */
final class Peer {
  /** Larger epochs are not believed: one senseless number must not stick for ever. */
  static final long MAX_EPOCH = 1L << 53;

  private final NodeId id;
  private final Patience patience;
  private Role role = Role.LEARNER;
  private long epoch;
  /** Set on the hot path, looked at by the next tick. */
  private boolean heard;
  private boolean aliveHeard;
  private boolean trusted;
  private boolean candidate;
  private boolean suspectedBefore;
  private long silence;
  private NodeId report;
  private long reportAge;

  Peer(NodeId id, Patience patience) {
    this.id = id;
    this.patience = patience;
  }

  NodeId id() {
    return id;
  }

  void role(Role newRole) {
    role = newRole;
  }

  /** Whether it has a say in who leads. */
  boolean votes() {
    return role.leads();
  }

  /** It is left alone (Cheap Paxos), or no process at all, and counts for whoever needs it. */
  boolean isLeftAlone() {
    return role.votes() && !role.leads();
  }

  boolean mayLead() {
    return role.leads();
  }

  long epoch() {
    return epoch;
  }

  void atLeastEpoch(long least) {
    epoch = Math.max(epoch, Math.min(least, MAX_EPOCH));
  }

  /** Whether this process precedes {@code other} in the order of (epoch, id). */
  boolean precedes(Peer other) {
    return epoch != other.epoch ? epoch < other.epoch : id.compareTo(other.id) < 0;
  }

  /** Raises the epoch as little as it takes to come after {@code other}. */
  void comeAfter(Peer other) {
    atLeastEpoch(id.compareTo(other.id) < 0 ? other.epoch + 1 : other.epoch);
  }

  void signOfLife() {
    heard = true;
  }

  /** Whether it is in the trust list. */
  boolean trusted() {
    return trusted;
  }

  boolean candidate() {
    return candidate;
  }

  void candidate(boolean isCandidate) {
    candidate = isCandidate;
  }

  /** Whom it trusts by its latest fresh report, or null. */
  NodeId report() {
    return report;
  }

  void report(NodeId newReport) {
    report = newReport;
  }

  void alive(boolean announcesItself, NodeId trustedByIt) {
    heard = true;
    aliveHeard = true;
    trust();
    candidate = announcesItself;
    report = trustedByIt;
    reportAge = 0;
  }

  /** A new member: taken to be there and to trust {@code leader}, until it speaks or is silent. */
  void welcome(NodeId leader) {
    trust();
    report = leader;
    reportAge = 0;
  }

  /** What it said before its restart is void, and it was right to miss it meanwhile. */
  void recovered() {
    heard = true;
    suspectedBefore = false;
    trust();
    forgetWord();
  }

  /**
   * Time passed.
   *
   * @param charged the part of it that counts as the peer's silence
   * @return whether the peer has just been dropped from the trust list
   */
  boolean tick(long elapsed, long charged) {
    ageReport(elapsed);
    if (heard) {
      heard = false;
      trust();
      silence = 0;
      patience.healthy(elapsed);
      return false;
    }
    silence = Math.min(Long.MAX_VALUE / 2, silence + charged);
    if (!trusted || silence < patience.nanos()) {
      return false;
    }
    trusted = false;
    suspectedBefore = true;
    forgetWord();
    return true;
  }

  long silence() {
    return silence;
  }

  private void trust() {
    if (!trusted && suspectedBefore) {
      patience.wasTooShort(silence);
    }
    trusted = true;
    silence = 0;
  }

  private void ageReport(long elapsed) {
    if (!aliveHeard) {
      reportAge += elapsed;
    }
    aliveHeard = false;
    if (reportAge >= patience.nanos()) {
      report = null;
      reportAge = 0;
    }
  }

  private void forgetWord() {
    candidate = false;
    report = null;
  }
}

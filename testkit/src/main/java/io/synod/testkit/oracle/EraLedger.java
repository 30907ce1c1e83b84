package io.synod.testkit.oracle;

import io.synod.api.message.Message;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Value;
import io.synod.reconfig.master.MasterState;
import io.synod.testkit.oracle.Reconfigurations.Made;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which eras the log has made, which are active, and what acceptors have answered to new leaders:
 * ghost state of reconfiguration that its rules share. It reports nothing by itself.
 */
final class EraLedger implements Observer, ProposalWatcher {
  private static final int LEADERS = 64;
  private static final int BALLOTS = 1024;

  private final BallotLedger ledger;
  private final Reconfigurations reconfigurations;
  private final Map<Era, TreeMap<Long, Made>> chosen = new TreeMap<>();
  private final Map<Era, Ballot> activeBy = new TreeMap<>();
  private final TreeMap<Ballot, Map<NodeId, Promise>> promises = new TreeMap<>();
  /** Where a master keeps configurations: what it has made, and which ballots were registered. */
  private final Map<Era, Chosen> byMaster = new TreeMap<>();
  private final TreeSet<Ballot> registered = new TreeSet<>();
  /** Ballots in which somebody was read. */
  private final TreeSet<Ballot> read = new TreeSet<>();

  EraLedger(BallotLedger ledger, Reconfigurations reconfigurations) {
    this.ledger = ledger;
    this.reconfigurations = reconfigurations;
    ledger.watch(this);
  }

  BallotLedger ballots() {
    return ledger;
  }

  /**
   * The first Reconfigure chosen for that era with its whole prefix, or what the master has made it
   * with; or null.
   */
  Chosen made(Era era) {
    if (byMaster.containsKey(era)) {
      return byMaster.get(era);
    }
    TreeMap<Long, Made> candidates = chosen.get(era);
    if (candidates == null || candidates.firstKey() > ledger.chosenUpTo()) {
      return null;
    }
    return new Chosen(candidates.firstKey(), candidates.firstEntry().getValue(), null);
  }

  /** The ballots that the master has heard of; empty where there is none. */
  TreeSet<Ballot> registered() {
    return registered;
  }

  /** What a value makes. */
  Optional<Made> madeBy(Value value) {
    return value != null && value.kind() == Value.Kind.RECONFIGURE
        ? reconfigurations.madeBy(value) : Optional.empty();
  }

  /** The eras that are active, with the lowest ballot that made each so. */
  Map<Era, Ballot> active() {
    return activeBy;
  }

  /** The 1b's sent to the leader of that ballot, in it or in an earlier one in place. */
  Collection<Promise> promises(Ballot ballot) {
    return promises.getOrDefault(leading(ballot), Map.of()).values();
  }

  /** Whether those 1b's, as far as {@code which} holds for them, are from a read quorum. */
  boolean readQuorum(Ballot ballot, Configuration configuration, Predicate<Promise> which) {
    Set<NodeId> answered = new TreeSet<>();
    promises.getOrDefault(leading(ballot), Map.of()).forEach((node, promise) -> {
      Optional<Member> member = configuration.member(node);
      if (member.isPresent() && which.test(promise)
          && ledger.speakers().of(node, promise.incarnation()).countsFor(member.get())) {
        answered.add(node);
      }
    });
    return ledger.quorum(ballot, configuration).isReadQuorum(answered);
  }

  /**
   * The 1c in whose place this one comes: in an era below, or in the same one where nobody was
   * read; null if it comes after a read.
   */
  BallotView handedOver(BallotView view) {
    Ballot ballot = view.ballot();
    BallotView before = ballot.k() == 0 ? null
        : ledger.view(new Ballot(ballot.n(), ballot.proposer(), ballot.k() - 1));
    if (before == null) {
      return null;
    }
    boolean laterEra = before.oneC().era().compareTo(view.oneC().era()) < 0;
    return laterEra || !read.contains(ballot) ? before : null;
  }

  private static Ballot leading(Ballot ballot) {
    return ballot.k() == 0 ? ballot : new Ballot(ballot.n(), ballot.proposer(), 0);
  }

  @Override
  public void sent(Life from, NodeId to, Message message) {
    said(from.node(), message);
  }

  @Override
  public void passiveSaid(NodeId passive, Life to, Message message) {
    said(passive, message);
  }

  private void said(NodeId from, Message message) {
    if (message instanceof Promise promise) {
      read.add(promise.ballot());
      if (read.size() > BALLOTS) {
        read.pollFirst();
      }
      promises.computeIfAbsent(leading(promise.ballot()), ballot -> new LinkedHashMap<>())
          .put(from, promise);
      if (promises.size() > LEADERS) {
        promises.pollFirstEntry();
      }
    }
  }

  @Override
  public void chosen(Ballot ballot, long instance, Value value) {
    madeBy(value).ifPresent(made ->
        chosen.computeIfAbsent(made.era(), era -> new TreeMap<>()).put(instance, made));
  }

  @Override
  public void active(BallotView view) {
    activeBy.merge(
        view.oneC().era(), view.ballot(), (a, b) -> a.before(b) ? a : b);
  }

  @Override
  public void master(MasterState state) {
    registered.add(state.highest());
    if (registered.size() > BALLOTS) {
      registered.pollFirst();
    }
    state.eras().configurations().forEach((era, configuration) -> {
      if (!era.equals(Era.ZERO)) {
        byMaster.putIfAbsent(era, new Chosen(0, new Made(era, configuration), state.highest()));
      }
    });
  }

  /**
   * Where a Reconfigure was chosen, and what it says.
   *
   * @param madeIn the ballot in which the master has made the era instead; null if the log has
   */
  record Chosen(long instance, Made made, Ballot madeIn) {
    boolean inLog() {
      return madeIn == null;
    }

    /** Whether a new leader in {@code view} had to find it. */
    boolean shows(BallotView view) {
      return inLog() ? instance < view.low() : madeIn.before(view.ballot());
    }

    String where() {
      return inLog() ? "instance " + instance : "the master in ballot " + madeIn;
    }
  }
}

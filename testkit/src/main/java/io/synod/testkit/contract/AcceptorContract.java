package io.synod.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.RegisterMessage.Accept;
import io.synod.api.message.RegisterMessage.Accepted;
import io.synod.api.message.RegisterMessage.Adopt;
import io.synod.api.message.RegisterMessage.Confirm;
import io.synod.api.message.RegisterMessage.Confirmed;
import io.synod.api.message.RegisterMessage.Nack;
import io.synod.api.message.RegisterMessage.Prepare;
import io.synod.api.message.RegisterMessage.Promise;
import io.synod.api.message.RegisterMessage.Reply;
import io.synod.api.message.RegisterMessage.Request;
import io.synod.api.message.RegisterMessage.Stored;
import io.synod.api.model.Ballot;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.model.Value;
import io.synod.api.model.Vote;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the acceptor of every register must keep: the acceptor's steps of Lamport's PCon with 1c
 * messages stored, a promise for all instances, cumulative 2b. A plugin's test extends it and
 * gives the plugin.
 */
public abstract class AcceptorContract {
  private static final int SEEDS = 60;
  private static final int STEPS = 80;
  private static final InstanceId ONE = InstanceId.of(1);
  private static final Ballot B1 = new Ballot(1, NodeId.of("n1"), 0);
  private static final Ballot B2 = new Ballot(1, NodeId.of("n2"), 0);
  private static final Ballot B3 = new Ballot(2, NodeId.of("n1"), 0);

  /** The plugin under test. */
  protected abstract Plugins.Register plugin();

  /** Settings that it works with. */
  protected Settings settings() {
    return Settings.DEFAULTS;
  }

  private AcceptorBench bench() {
    AcceptorBench bench = new AcceptorBench(plugin(), settings());
    bench.acceptor().founding(true);
    return bench;
  }

  private static Value value(int number) {
    return Value.of(new byte[] {1, (byte) number});
  }

  private static Prepare prepare(Ballot ballot) {
    return new Prepare(ballot, Era.ZERO, ONE);
  }

  private static Adopt adopt(Ballot ballot, int... window) {
    List<Value> values = new ArrayList<>();
    for (int number : window) {
      values.add(value(number));
    }
    return new Adopt(new OneC(ballot, Era.ZERO, AcceptorBench.THREE, ONE, values));
  }

  private static Accept accept(Ballot ballot, long first, int... numbers) {
    List<Value> values = new ArrayList<>();
    for (int number : numbers) {
      values.add(value(number));
    }
    return new Accept(ballot, InstanceId.of(first), values, InstanceId.NONE);
  }

  private static <T extends Reply> T only(List<AcceptorBench.Answer> answers, Class<T> kind) {
    List<Reply> replies = answers.stream().map(AcceptorBench.Answer::reply)
        .filter(kind::isInstance).toList();
    assertThat(replies).as("answers of kind %s among %s", kind.getSimpleName(), answers)
        .hasSize(1);
    return kind.cast(replies.get(0));
  }

  @Test
  void aStoreThatIsNotKnownToBeTheFirstOfItsNodeSaysSoAndHasNoVote() {
    AcceptorBench bench = new AcceptorBench(plugin(), settings());
    assertThat(only(bench.ask(prepare(B1)), Promise.class).founding()).isFalse();
    for (Request request : List.of(adopt(B1, 5), accept(B1, 1, 5), new Confirm(B1, 1))) {
      assertThat(bench.ask(request)).isEmpty();
    }
    assertThat(bench.acceptor().vote(ONE)).isNull();
  }

  @Test
  void onlyItsOwnerSpeaksInABallot() {
    AcceptorBench bench = bench();
    assertThat(bench.askAs(NodeId.of("n3"), prepare(B1))).isEmpty();
    assertThat(bench.acceptor().promised()).isEqualTo(Ballot.BOTTOM);
  }

  @Test
  void phase1bPromisesAndReportsNoVotesAtFirst() {
    AcceptorBench bench = bench();
    Promise promise = only(bench.ask(prepare(B2)), Promise.class);
    assertThat(promise.ballot()).isEqualTo(B2);
    assertThat(promise.votes()).isEmpty();
    assertThat(bench.acceptor().promised()).isEqualTo(B2);
    assertThat(only(bench.ask(prepare(B2)), Promise.class)).isEqualTo(promise);
  }

  @Test
  void whatComesBelowThePromiseIsRefusedAndChangesNothing() {
    AcceptorBench bench = bench();
    bench.ask(prepare(B2));
    for (Request late : List.of(
        prepare(B1), adopt(B1, 5), accept(B1, 1, 5), new Confirm(B1, 1))) {
      List<AcceptorBench.Answer> answers = bench.ask(late);
      assertThat(only(answers, Nack.class).promised()).as("%s", late).isEqualTo(B2);
      assertThat(answers).hasSize(1);
    }
    assertThat(bench.acceptor().promised()).isEqualTo(B2);
    assertThat(bench.acceptor().vote(ONE)).isNull();
  }

  @Test
  void thereIsNoVoteInABallotWhoseOneCIsNotStored() {
    AcceptorBench bench = bench();
    bench.ask(prepare(B1));
    bench.ask(accept(B1, 1, 5));
    assertThat(bench.acceptor().vote(ONE)).isNull();
  }

  @Test
  void aStoredOneCVotesForItsWindow() {
    AcceptorBench bench = bench();
    bench.ask(prepare(B1));
    List<AcceptorBench.Answer> answers = bench.ask(adopt(B1, 5, 6));
    assertThat(only(answers, Stored.class).ballot()).isEqualTo(B1);
    assertThat(only(answers, Accepted.class).upTo()).isEqualTo(InstanceId.of(2));
    assertThat(bench.acceptor().voteIn(B1, ONE)).isEqualTo(value(5));
    assertThat(bench.acceptor().voteIn(B1, InstanceId.of(2))).isEqualTo(value(6));
  }

  @Test
  void aOneCWithoutAnEarlierPromiseIsAPromiseToo() {
    AcceptorBench bench = bench();
    bench.ask(adopt(B2, 5));
    assertThat(bench.acceptor().promised()).isEqualTo(B2);
    only(bench.ask(prepare(B1)), Nack.class);
  }

  @Test
  void phase2bIsCumulativeAndStopsAtAGap() {
    AcceptorBench bench = bench();
    bench.ask(adopt(B1));
    assertThat(only(bench.ask(accept(B1, 1, 5, 6)), Accepted.class).upTo())
        .isEqualTo(InstanceId.of(2));
    assertThat(only(bench.ask(accept(B1, 5, 9)), Accepted.class).upTo())
        .isEqualTo(InstanceId.of(2));
    assertThat(only(bench.ask(accept(B1, 3, 7, 8)), Accepted.class).upTo().number())
        .isBetween(4L, 5L);
  }

  @Test
  void aVoteInABallotIsNotTakenBack() {
    AcceptorBench bench = bench();
    bench.ask(adopt(B1));
    bench.ask(accept(B1, 1, 5));
    bench.ask(accept(B1, 1, 6));
    assertThat(bench.acceptor().voteIn(B1, ONE)).isEqualTo(value(5));
  }

  @Test
  void aPromiseReportsTheVoteOfTheHighestBallot() {
    AcceptorBench bench = bench();
    bench.ask(adopt(B1));
    bench.ask(accept(B1, 1, 5, 6));
    assertThat(only(bench.ask(prepare(B2)), Promise.class).votes()).containsExactly(
        new Vote(ONE, B1, value(5)), new Vote(InstanceId.of(2), B1, value(6)));
    bench.ask(adopt(B2, 5));
    assertThat(only(bench.ask(prepare(B3)), Promise.class).votes()).containsExactly(
        new Vote(ONE, B2, value(5)), new Vote(InstanceId.of(2), B1, value(6)));
  }

  @Test
  void aBallotIsConfirmedOnlyWhileNothingAboveItIsPromised() {
    AcceptorBench bench = bench();
    bench.ask(adopt(B1));
    assertThat(only(bench.ask(new Confirm(B1, 3)), Confirmed.class).round()).isEqualTo(3);
    bench.ask(prepare(B2));
    only(bench.ask(new Confirm(B1, 4)), Nack.class);
  }

  @Test
  void whatAnAnswerPromisesIsInTheJournalBeforeItLeaves() {
    AcceptorBench bench = bench();
    for (Request request : List.of(prepare(B1), adopt(B1, 5), accept(B1, 2, 6), prepare(B2))) {
      int before = bench.journal().size();
      List<AcceptorBench.Answer> answers = bench.ask(request);
      assertThat(answers).isNotEmpty();
      assertThat(bench.journal()).as("journal after %s", request)
          .hasSize(plugin().stable() ? before + 1 : before);
      assertThat(answers).as("answers to %s wait for the force", request).allMatch(
          answer -> answer.waited() && answer.journal() == bench.journal().size());
    }
  }

  /** Requests in any order, with restarts: promises do not fall, 1b tells the truth. */
  @Test
  void anyOrderOfRequestsKeepsTheInvariants() {
    for (int seed = 0; seed < SEEDS; seed++) {
      AcceptorRun run = new AcceptorRun(bench(), plugin().stable());
      Random random = new Random(seed);
      for (int step = 0; step < STEPS; step++) {
        run.step(any(random), random.nextInt(10) == 0);
      }
    }
  }

  private static Request any(Random random) {
    Ballot ballot = new Ballot(1 + random.nextInt(4), NodeId.of("n" + (1 + random.nextInt(3))), 0);
    int instance = 1 + random.nextInt(4);
    return switch (random.nextInt(4)) {
      case 0 -> prepare(ballot);
      case 1 -> adopt(ballot);
      default -> accept(ballot, instance, valueOf(ballot, instance));
    };
  }

  /** One value per ballot and instance, as proposers keep it. */
  private static int valueOf(Ballot ballot, int instance) {
    return (int) (ballot.n() * 20 + ballot.proposer().name().charAt(1) + instance);
  }
}

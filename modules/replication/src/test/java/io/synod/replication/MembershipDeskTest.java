package io.synod.replication;

import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N4;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.membership.Change;
import io.synod.api.membership.ChangeOutcome;
import io.synod.api.membership.Seat;
import io.synod.api.message.ReconfigMessage.AskChange;
import io.synod.api.message.ReconfigMessage.ChangeNews;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.NodeId;
import io.synod.api.model.Reconfigure;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.api.transport.PeerAddress;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is asked for a change asks whoever leads until it knows what became of it. */
class MembershipDeskTest {
  private static final Settings SETTINGS = Settings.DEFAULTS
      .with(ReplicationSettings.MEMBERSHIP_TIMEOUT, Duration.ofSeconds(1))
      .with(ReplicationSettings.REQUEST_TIMEOUT, Duration.ofSeconds(1));
  private static final Change ADD_N4 =
      new Change.Add(Seat.of(N4, PeerAddress.parse("n4:1")));
  private static final Configuration FOUR = Kit.members("n1", "n2", "n3", "n4");

  private final Kit kit = new Kit();
  private final FakeBroadcast broadcast = new FakeBroadcast();
  private final LayerContext context = kit.context(SETTINGS);
  private final Authority authority = new LogReconfigPlugin().create(context);
  private final List<String> doing = new ArrayList<>();
  private final List<ChangeOutcome> outcomes = new ArrayList<>();
  private MembershipDesk desk;

  @BeforeEach
  void following() {
    EraKeeper eras = new EraKeeper(context, authority, broadcast, members -> { }, Map::of);
    eras.start();
    Layers layers = new Layers(
        context, true, true, RealLayers.majorities(context), authority, null, null, null,
        new FakeElection(), broadcast, null, null);
    desk = new MembershipDesk(context, layers, new Reconfiguration(context, layers, eras));
  }

  private void ask(Change change) {
    desk.change(Optional.empty(), change, new MembershipDesk.Listener() {
      @Override
      public void doing(String what) {
        doing.add(what);
      }

      @Override
      public void done(ChangeOutcome outcome) {
        outcomes.add(outcome);
      }
    });
  }

  private List<AskChange> asked() {
    return kit.takeSent().stream().filter(sent -> sent.to().equals(N2))
        .map(Kit.Sent::message).filter(AskChange.class::isInstance).map(AskChange.class::cast)
        .toList();
  }

  private void news(AskChange ask, String what, ChangeOutcome outcome) {
    desk.onNews(new ChangeNews(ask.number(), what, Optional.ofNullable(outcome)));
  }

  @Test
  void theLeaderIsAskedUntilItTellsTheOutcome() {
    ask(ADD_N4);
    AskChange first = asked().get(0);
    assertThat(first.expected()).isEqualTo(Era.ZERO);
    assertThat(first.wanted()).isEqualTo(FOUR);
    kit.advance(250);
    assertThat(asked()).as("again, under the same number").hasSize(2).containsOnly(first);
    news(first, "n4 was not heard", null);
    news(first, "n4 was not heard", null);
    assertThat(doing).containsExactly("n4 was not heard");
    ChangeOutcome active = new ChangeOutcome.Active(new Era(1), FOUR, List.of());
    news(first, "", active);
    news(first, "", active);
    assertThat(outcomes).containsExactly(active);
    kit.advance(500);
    assertThat(asked()).isEmpty();
  }

  @Test
  void aChangeThatMakesNoSenseHereIsRefusedAtOnce() {
    ask(new Change.Remove(N4));
    assertThat(outcomes).containsExactly(
        new ChangeOutcome.Refused("n4 is no member; members are [n1, n2, n3]"));
    assertThat(asked()).isEmpty();
  }

  @Test
  void aLeaderThatLeadsNoLongerIsNoAnswer() {
    ask(ADD_N4);
    AskChange first = asked().get(0);
    news(first, "", new ChangeOutcome.NotLeader(Optional.empty()));
    assertThat(outcomes).isEmpty();
    kit.advance(100);
    assertThat(asked()).containsExactly(first);
  }

  @Test
  void withoutAnAnswerNothingWasChangedUnlessALeaderHadBegun() {
    ask(ADD_N4);
    kit.advance(2_200);
    assertThat(outcomes).containsExactly(
        new ChangeOutcome.Refused("no leader could be reached in time"));
    outcomes.clear();
    ask(ADD_N4);
    List<AskChange> sent = asked();
    news(sent.get(sent.size() - 1), "era 1 is proposed", null);
    kit.advance(2_200);
    assertThat(outcomes).singleElement().isInstanceOfSatisfying(
        ChangeOutcome.Indeterminate.class,
        i -> assertThat(i.reason()).endsWith("era 1 is proposed"));
  }

  @Test
  void whoHadMissedAChangeAsksAnewForTheEraInForce() {
    ask(ADD_N4);
    AskChange first = asked().get(0);
    Configuration two = Kit.members("n1", "n2");
    authority.decided(new Reconfigure(Era.ZERO, two).encode());
    news(first, "", new ChangeOutcome.Refused("era 1 is in force, not 0"));
    assertThat(outcomes).isEmpty();
    AskChange second = asked().get(0);
    assertThat(second.expected()).isEqualTo(new Era(1));
    assertThat(second.wanted().ids()).containsExactly(NodeId.of("n1"), N2, N4);
  }

  @Test
  void theLeaderAnswersTheSameQuestionTwiceWithOneChange() {
    broadcast.leading(true);
    AskChange ask = new AskChange(7, new Era(3), FOUR);
    desk.onAsk(N2, ask);
    desk.onAsk(N2, ask);
    List<Object> answers = new ArrayList<>();
    kit.takeSent().forEach(sent -> answers.add(sent.message()));
    assertThat(answers).isNotEmpty().allSatisfy(answer -> assertThat(answer).isEqualTo(
        new ChangeNews(7, "", Optional.of(
            new ChangeOutcome.Refused("era 0 is in force, not 3")))));
  }
}

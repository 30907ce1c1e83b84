package io.synod.broadcast.pipelined;

import static io.synod.broadcast.pipelined.Kit.N1;
import static io.synod.broadcast.pipelined.Kit.N2;
import static io.synod.broadcast.pipelined.Kit.N3;
import static io.synod.broadcast.pipelined.Kit.STORE;
import static io.synod.broadcast.pipelined.Kit.progress;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.BroadcastMessage.Progress;
import io.synod.api.model.Configuration;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.broadcast.pipelined.Kit.Sent;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who answers a report: never both of two nodes, or it would go back and forth for ever. */
class AudienceTest {
  private static final Progress SAME = progress(9, 1);

  private final Kit kit = new Kit();

  private static Member member(String id, Role role) {
    Member founder = Member.founding(id, "h:1");
    return new Member(founder.id(), founder.incarnation(), founder.acceptor(), role);
  }

  private Audience of(Role self, Role other) {
    LayerContext base = kit.context(Settings.DEFAULTS);
    LayerContext context = new LayerContext(
        N1, STORE, new Configuration(List.of(
            member("n1", self), member("n2", other), member("n4", Role.ACCEPTOR)), "majority"),
        base.effects(), base.clock(), base.timers(), base.random(), base.events(),
        base.settings());
    return new Audience(context, new LogReconfigPlugin().create(context));
  }

  private boolean answers(Audience audience, NodeId from) {
    audience.heard(from, SAME, SAME);
    return kit.takeSent().contains(new Sent(from, SAME));
  }

  @Test
  void aMemberAnswersAStrangerWhoCountsItInItsOwnAudience() {
    assertThat(answers(of(Role.ACCEPTOR, Role.ACCEPTOR), N3)).as("it has left").isTrue();
    assertThat(answers(of(Role.ACCEPTOR, Role.AUXILIARY), N2)).isTrue();
  }

  @Test
  void noMemberAnswersOneThatReportsToItAnyway() {
    assertThat(answers(of(Role.ACCEPTOR, Role.ACCEPTOR), N2)).isFalse();
    assertThat(answers(of(Role.AUXILIARY, Role.ACCEPTOR), N2)).isFalse();
  }

  @Test
  void twoAuxiliariesDoNotAnswerEachOther() {
    assertThat(answers(of(Role.AUXILIARY, Role.AUXILIARY), N2)).isFalse();
  }

  @Test
  void whoIsBehindIsToldByAnybody() {
    Audience audience = of(Role.AUXILIARY, Role.AUXILIARY);
    audience.heard(N2, progress(8, 1), SAME);
    assertThat(kit.takeSent()).containsExactly(new Sent(N2, SAME));
  }
}

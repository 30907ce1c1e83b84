package io.synod.replication;

import static io.synod.replication.Kit.N1;
import static io.synod.replication.Kit.N2;
import static io.synod.replication.Kit.N3;
import static io.synod.replication.Kit.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.message.AdmissionMessage.StoreLost;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.Role;
import io.synod.api.plugin.LayerContext;
import io.synod.api.plugin.Settings;
import io.synod.api.reconfig.Authority;
import io.synod.reconfig.log.LogReconfigPlugin;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RECOVERED is said again and again, of a store that a configuration names, and only if gone. */
class LossesTest {
  private static final Incarnation BEFORE = new Incarnation(5);

  private final Kit kit = new Kit();
  private final LayerContext context = kit.context(Settings.DEFAULTS);
  private final Authority authority = new LogReconfigPlugin().create(context);
  private final Losses losses = new Losses(context, authority);

  private static Configuration naming(Incarnation store, Role role) {
    return new Configuration(
        List.of(new Member(N1, store, URI.create("node://n1:1"), role),
            Member.founding("n2", "n2:1")), "winter");
  }

  @Test
  void aFounderThatMayBeTheFirstStoreSaysNothing() {
    losses.start();
    kit.advance(1000);
    assertThat(kit.takeSent()).isEmpty();
  }

  @Test
  void whoComesAfterTheFirstStoreTellsAllOthersAgainAndAgain() {
    losses.start();
    losses.founderGone();
    for (int round = 0; round < 3; round++) {
      kit.advance(200);
      assertThat(kit.takeSent()).containsExactly(
          new Kit.Sent(N2, new StoreLost(Incarnation.FOUNDING)),
          new Kit.Sent(N3, new StoreLost(Incarnation.FOUNDING)));
    }
  }

  @Test
  void aStoreThatWasNamedIsGoneIfThePresentOneIsAnother() {
    authority.activate(new Era(1), naming(BEFORE, Role.ACCEPTOR));
    losses.start();
    assertThat(kit.takeSent()).containsExactly(new Kit.Sent(N2, new StoreLost(BEFORE)));
  }

  @Test
  void whoIsNamedOrHasNoVoteSaysNothing() {
    authority.activate(new Era(1), naming(STORE, Role.ACCEPTOR));
    losses.start();
    authority.activate(new Era(2), naming(BEFORE, Role.LEARNER));
    kit.advance(200);
    assertThat(kit.takeSent()).isEmpty();
  }
}

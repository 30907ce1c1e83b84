package io.synod.reconfig.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Ballot;
import io.synod.api.model.Configuration;
import io.synod.api.model.Era;
import io.synod.api.model.InstanceId;
import io.synod.api.model.Invariant;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.OneC;
import io.synod.api.storage.DurableRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Eras are what this node's own records say. */
class LogAuthorityTest {
  private static final Era ONE = Era.ZERO.next();
  private static final Configuration FOUNDERS = members("n1", "n2", "n3");
  private static final Configuration LATER = members("n1", "n2", "n4");

  private final LogAuthority authority = new LogAuthority(FOUNDERS);

  private static Configuration members(String... ids) {
    return new Configuration(
        List.of(ids).stream().map(id -> Member.founding(id, id + ":1")).toList(), "majority");
  }

  private static OneC oneC(Era era, Configuration configuration) {
    Ballot ballot = new Ballot(1, NodeId.of("n1"), 0);
    return new OneC(ballot, era, configuration, InstanceId.FIRST, List.of());
  }

  private static DurableRecord.Checkpoint checkpoint(Era active, OneC oneC) {
    return new DurableRecord.Checkpoint(
        1, true, Map.of(), oneC.ballot(), Optional.of(oneC), InstanceId.FIRST, InstanceId.FIRST,
        active, oneC.era(), InstanceId.NONE, List.of());
  }

  @Test
  void itBeginsWithTheFoundersInEraZero() {
    assertThat(authority.active()).isEqualTo(Era.ZERO);
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(FOUNDERS);
  }

  @Test
  void anUnknownEraIsRefusedByNumber() {
    assertThatThrownBy(() -> authority.configuration(new Era(7)))
        .isInstanceOf(Invariant.Broken.class)
        .hasMessageContaining("era 7 is unknown").hasMessageContaining("[0]");
  }

  @Test
  void aStoredOneCTellsTheConfigurationOfItsEraButDoesNotMakeItActive() {
    authority.recover(new DurableRecord.StoredOneC(oneC(ONE, LATER)));
    assertThat(authority.configuration(ONE)).isEqualTo(LATER);
    assertThat(authority.active()).isEqualTo(Era.ZERO);
  }

  @Test
  void theFoundersAreNeverReplaced() {
    authority.recover(new DurableRecord.StoredOneC(oneC(Era.ZERO, LATER)));
    assertThat(authority.configuration(Era.ZERO)).isEqualTo(FOUNDERS);
  }

  @Test
  void aCheckpointTellsTheActiveEraAndItsConfiguration() {
    authority.recover(checkpoint(ONE, oneC(ONE, LATER)));
    assertThat(authority.active()).isEqualTo(ONE);
    assertThat(authority.configuration(authority.active())).isEqualTo(LATER);
  }

  @Test
  void theActiveEraNeverFalls() {
    authority.recover(checkpoint(ONE, oneC(ONE, LATER)));
    authority.recover(checkpoint(Era.ZERO, oneC(ONE, LATER)));
    assertThat(authority.active()).isEqualTo(ONE);
  }

  @Test
  void recordsOfOtherLayersChangeNothing() {
    authority.recover(new DurableRecord.Booted(4));
    authority.recover(new DurableRecord.DecidedUpTo(InstanceId.of(9)));
    assertThat(authority.active()).isEqualTo(Era.ZERO);
  }
}

package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.membership.Seat;
import io.synod.api.model.Configuration;
import io.synod.api.model.Incarnation;
import io.synod.api.model.Member;
import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Quorums;
import io.synod.api.plugin.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Mains alone are a quorum; auxiliaries count for the mains that fail. Names with parameters. */
class CheapQuorumTest {
  private static final Map<String, Plugins.Quorum> MAKERS = List.of(
      new CheapPlugin(), new MajorityPlugin(), new FlexiblePlugin(), new WeightedPlugin(),
      new AllPlugin()).stream().collect(Collectors.toMap(Plugins.Quorum::name, q -> q));

  private static Configuration configuration(String quorum, String... seats) {
    return new Configuration(
        Arrays.stream(seats).map(text -> {
          Seat seat = Seat.parse(text.replaceFirst("^([^=]+)", "$1@$1:1"));
          return new Member(seat.id(), Incarnation.FOUNDING, seat.acceptor(), seat.role());
        }).toList(), quorum);
  }

  private static QuorumSystem system(Configuration configuration) {
    return new Quorums(MAKERS::get, Settings.DEFAULTS).apply(configuration);
  }

  private static Set<NodeId> ids(String... ids) {
    return Arrays.stream(ids).map(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void mainsAloneAreAQuorumAndAuxiliariesStandInForThoseThatFail() {
    QuorumSystem three = system(configuration(
        "cheap", "n1", "n2", "n3", "n4=auxiliary", "n5=auxiliary"));
    assertThat(three.isWriteQuorum(ids("n1", "n2", "n3"))).isTrue();
    assertThat(three.isWriteQuorum(ids("n1", "n2"))).isFalse();
    assertThat(three.isWriteQuorum(ids("n1", "n4", "n5"))).isTrue();
    assertThat(Resilience.tolerates(three, Set.of())).isEqualTo(2);
    assertThat(IntersectionCheck.find(three)).isEmpty();
  }

  @Test
  void noMoreAuxiliariesCountThanMainsMayFail() {
    QuorumSystem one = system(configuration(
        "cheap", "n1=learner", "n2", "n3=auxiliary", "n4=auxiliary"));
    assertThat(one.isWriteQuorum(ids("n2"))).isTrue();
    assertThat(one.isWriteQuorum(ids("n3", "n4"))).isFalse();
    assertThat(IntersectionCheck.find(one)).isEmpty();
    QuorumSystem two = system(configuration(
        "cheap", "n1", "n2", "n3=learner", "n4=auxiliary", "n5=auxiliary"));
    assertThat(two.isReadQuorum(ids("n1", "n4"))).isTrue();
    assertThat(two.isReadQuorum(ids("n4", "n5"))).as("the second does not count").isFalse();
    assertThat(IntersectionCheck.find(two)).isEmpty();
  }

  @Test
  void auxiliariesAloneAreNoConfiguration() {
    assertThatThrownBy(() -> system(configuration("cheap", "n1=auxiliary")))
        .hasMessageContaining("needs at least one member with the role acceptor");
  }

  @Test
  void parametersInTheNameTakeThePlaceOfSettings() {
    QuorumSystem flexible = system(configuration("flexible:read=4", "n1", "n2", "n3", "n4"));
    assertThat(flexible.isWriteQuorum(ids("n3"))).isTrue();
    assertThat(flexible.isReadQuorum(ids("n1", "n2", "n3"))).isFalse();
    QuorumSystem weighted = system(configuration("weighted:n1=3,n2=1,n3=1", "n1", "n2", "n3"));
    assertThat(weighted.isWriteQuorum(ids("n1"))).isTrue();
    Settings settings = Settings.DEFAULTS.with(FlexiblePlugin.READ, 2);
    assertThat(new FlexiblePlugin().spec(settings)).isEqualTo("flexible:read=2");
    Settings weights = Settings.DEFAULTS.with(WeightedPlugin.WEIGHTS, "n2:1,n1:2");
    assertThat(new WeightedPlugin().spec(weights)).isEqualTo("weighted:n1=2,n2=1");
  }

  @Test
  void badParametersAreRefusedByName() {
    assertThatThrownBy(() -> system(configuration("flexible:reed=2", "n1", "n2")))
        .hasMessage("flexible quorums have no parameter 'reed'; known are read, write");
    assertThatThrownBy(() -> system(configuration("flexible:read=two", "n1", "n2")))
        .hasMessageContaining("read=two is no number");
    assertThatThrownBy(() -> system(configuration("majority:read=2", "n1", "n2")))
        .hasMessage("quorums 'majority' take no parameters, but there are [read]");
    assertThatThrownBy(() -> system(configuration("flexible:read", "n1", "n2")))
        .hasMessageContaining("expected key=value,… behind the colon, but found 'read'");
    assertThatThrownBy(() -> system(configuration("flexible:read=1,write=1", "n1", "n2")))
        .hasMessageContaining("does not meet");
  }
}

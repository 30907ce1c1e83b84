package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synod.api.model.NodeId;
import io.synod.api.plugin.Plugin;
import io.synod.api.plugin.Plugins;
import io.synod.api.plugin.Settings;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumPluginsTest {
  private static final Settings NONE = Settings.DEFAULTS;

  @Test
  void areFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Plugin.class).stream().map(p -> p.get().name()))
        .containsExactlyInAnyOrder(
            "majority", "weighted", "flexible", "all", "cheap", "grid", "explicit",
            "winter");
  }

  @Test
  void everyLegalSystemPassesTheIntersectionCheck() {
    for (int n = 1; n <= 9; n++) {
      List<NodeId> ids = Naive.ids(n);
      assertThat(IntersectionCheck.find(new MajorityPlugin().create(ids, NONE))).isEmpty();
      assertThat(IntersectionCheck.find(new AllPlugin().create(ids, NONE))).isEmpty();
      for (int read = 1; read <= n; read++) {
        assertThat(IntersectionCheck.find(
            new FlexiblePlugin().create(ids, NONE.with(FlexiblePlugin.READ, read)))).isEmpty();
      }
    }
    Settings weights = NONE.with(WeightedPlugin.WEIGHTS, "n1:5, n2:1, n3:1, n4:0, n9:100");
    assertThat(IntersectionCheck.find(new WeightedPlugin().create(Naive.ids(4), weights)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 2", "3, 1, 2", "5, 1, 1", "20, 2, 18"})
  void flexibleRefusesSizesThatDoNotIntersectAndShowsThePair(int size, int read, int write) {
    Settings sizes = NONE.with(FlexiblePlugin.READ, read).with(FlexiblePlugin.WRITE, write);
    Throwable refusal =
        catchThrowable(() -> new FlexiblePlugin().create(Naive.ids(size), sizes));
    assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(
        "synod.quorum.read = " + read + " and synod.quorum.write = " + write + ": read quorum [");
    Set<String> readers = shown(refusal, "read quorum [");
    Set<String> writers = shown(refusal, "write quorum [");
    assertThat(readers).hasSize(read).doesNotContainAnyElementsOf(writers);
    assertThat(writers).hasSize(write);
  }

  @Test
  void flexibleRefusesMoreThanThereAre() {
    Settings sizes = NONE.with(FlexiblePlugin.WRITE, 4);
    assertThatThrownBy(() -> new FlexiblePlugin().create(Naive.ids(3), sizes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("synod.quorum.write = 4, but there are only 3 acceptors");
  }

  @Test
  void flexibleNeedsASize() {
    assertThat(new FlexiblePlugin().contradictions(NONE)).singleElement().asString()
        .contains("synod.quorum.read", "synod.quorum.write");
    assertThat(new FlexiblePlugin().contradictions(NONE.with(FlexiblePlugin.READ, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "''               | is not given",
      "n1:1,n2:1        | gives no weight to acceptor n3",
      "n1:0,n2:0,n3:0   | gives weight to no acceptor of [n1, n2, n3]",
      "n1:1,n2:1,n2:2   | names n2 twice",
      "n1:1,n2          | must list id:weight, but has 'n2'",
      "n1:1,n2:x,n3:1   | has a weight 'x' that is no whole number",
      "n1:1,n2:-1,n3:1  | has a weight -1 outside 0 to 1000000",
      "n1:1,n 2:1,n3:1  | has a bad id",
      "n1:1,,n3:1       | must list id:weight, but has ''"})
  void weightedRefusesBadWeightsNamingTheKey(String weights, String why) {
    Settings settings = NONE.with(WeightedPlugin.WEIGHTS, weights);
    assertThatThrownBy(() -> new WeightedPlugin().create(Naive.ids(3), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("synod.quorum.weights ")
        .hasMessageContaining(why);
  }

  @Test
  void weightedReportsBadWeightsAsAContradiction() {
    WeightedPlugin plugin = new WeightedPlugin();
    assertThat(plugin.contradictions(NONE)).singleElement().asString()
        .startsWith("synod.quorum.weights is not given");
    assertThat(plugin.contradictions(NONE.with(WeightedPlugin.WEIGHTS, "n1:1"))).isEmpty();
  }

  @Test
  void acceptorsMustBeInOrderAndOnce() {
    for (Plugins.Quorum plugin : List.of(new MajorityPlugin(), new AllPlugin())) {
      for (String ids : List.of("n2,n1", "n1,n1", "n10,n9")) {
        List<NodeId> acceptors = List.of(ids.split(",")).stream().map(NodeId::of).toList();
        assertThatThrownBy(() -> plugin.create(acceptors, NONE))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("in the order of their ids");
      }
      assertThatThrownBy(() -> plugin.create(List.of(), NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Set<String> shown(Throwable refusal, String start) {
    String message = refusal.getMessage();
    int from = message.indexOf(start) + start.length();
    return new TreeSet<>(List.of(message.substring(from, message.indexOf(']', from)).split(", ")));
  }
}

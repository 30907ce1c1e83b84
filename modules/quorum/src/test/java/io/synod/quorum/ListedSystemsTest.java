package io.synod.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synod.api.model.Configuration;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The systems {@code grid} and {@code explicit}, as a configuration names them. */
class ListedSystemsTest {
  private static final Map<String, Plugins.Quorum> KNOWN =
      Map.of("grid", new GridPlugin(), "explicit", new ExplicitPlugin());

  private static QuorumSystem system(int size, String spec) {
    List<Member> members = IntStream.rangeClosed(1, size)
        .mapToObj(i -> Member.founding("n" + i, "h" + i + ":1")).toList();
    return new Quorums(KNOWN::get, Settings.DEFAULTS).apply(new Configuration(members, spec));
  }

  private static Set<NodeId> ids(String names) {
    return Arrays.stream(names.split(" ")).map(NodeId::of).collect(Collectors.toSet());
  }

  @Test
  void aGridReadsOneOfEachRowAndWritesARow() {
    QuorumSystem grid = system(6, "grid:rows=2");
    assertThat(grid.isReadQuorum(ids("n1 n6"))).isTrue();
    assertThat(grid.isReadQuorum(ids("n1 n2 n3"))).as("one row").isFalse();
    assertThat(grid.isWriteQuorum(ids("n1 n2 n3"))).isTrue();
    assertThat(grid.isWriteQuorum(ids("n1 n2 n4 n5"))).as("no whole row").isFalse();
    assertThat(grid.reachedByWriteQuorum(new long[] {9, 9, 4, 5, 6, 7})).isEqualTo(5);
  }

  @Test
  void theRowsOfAGridDifferByOneAtMost() {
    QuorumSystem grid = system(5, "grid:rows=2");
    assertThat(grid.isWriteQuorum(ids("n1 n2"))).isTrue();
    assertThat(grid.isWriteQuorum(ids("n3 n4"))).isFalse();
    assertThat(grid.isWriteQuorum(ids("n3 n4 n5"))).isTrue();
  }

  @Test
  void aGridHasNoMoreRowsThanAcceptors() {
    assertThatThrownBy(() -> system(3, "grid:rows=4"))
        .hasMessage("synod.quorum.rows = 4, but there are only 3 acceptors");
    assertThatThrownBy(() -> system(3, "grid")).hasMessageContaining("needs synod.quorum.rows");
  }

  @Test
  void listedSetsAndWhatIncludesThemAreQuorums() {
    QuorumSystem system = system(4, "explicit:read=n1+n2/n3,write=n1+n3/n2+n3+n4");
    assertThat(system.isReadQuorum(ids("n3"))).isTrue();
    assertThat(system.isReadQuorum(ids("n1 n4"))).isFalse();
    assertThat(system.isWriteQuorum(ids("n1 n3 n4"))).isTrue();
    assertThat(system.isWriteQuorum(ids("n1 n2 n4"))).isFalse();
    assertThat(system.reachedByWriteQuorum(new long[] {8, 5, 6, 4})).isEqualTo(6);
  }

  @Test
  void listsThatDoNotIntersectAreRefusedWithThePair() {
    assertThatThrownBy(() -> system(4, "explicit:read=n1+n2/n3+n4,write=n1+n3/n2+n1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("synod.quorum.read-sets = n1+n2/n3+n4 and"
            + " synod.quorum.write-sets = n1+n3/n2+n1: "
            + "read quorum [n3, n4] does not meet write quorum [n1, n2]");
    assertThatThrownBy(() -> system(3, "explicit:read=n1/n2"))
        .hasMessageContaining("read quorum [n1] does not meet write quorum [n2]");
  }

  @Test
  void listsNameAcceptorsOnly() {
    assertThatThrownBy(() -> system(3, "explicit:read=n1+n4")).hasMessage(
        "synod.quorum.read-sets names 'n4', which is none of the acceptors [n1, n2, n3]");
    assertThatThrownBy(() -> system(3, "explicit:read=n1/")).hasMessageContaining("names ''");
    assertThatThrownBy(() -> system(3, "explicit")).hasMessageContaining("synod.quorum.read-sets");
  }

  @Test
  void settingsBecomePartOfTheName() {
    Settings settings = Settings.DEFAULTS.with(GridPlugin.ROWS, 2)
        .with(ExplicitPlugin.READS, "n1 + n2 / n3").with(ExplicitPlugin.WRITES, "n1+n3/n2+n3");
    assertThat(new GridPlugin().spec(settings)).isEqualTo("grid:rows=2");
    assertThat(new ExplicitPlugin().spec(settings))
        .isEqualTo("explicit:read=n1+n2/n3,write=n1+n3/n2+n3");
  }
}

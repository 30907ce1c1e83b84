package io.synod.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.synod.api.model.NodeId;
import io.synod.api.model.QuorumSystem;
import io.synod.api.plugin.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultAtlasTest {
  private static final NodeId N1 = NodeId.of("n1");
  private static final NodeId N2 = NodeId.of("n2");
  private static final NodeId N3 = NodeId.of("n3");

  private static FaultAtlas atlas(boolean stable, NodeId... nodes) {
    QuorumSystem majority =
        new Variants().fall().quorum().create(List.of(nodes), Settings.DEFAULTS);
    return new FaultAtlas(majority, stable);
  }

  @Test
  void noMoreThanAMinorityOfStoresIsEverDamaged() {
    FaultAtlas atlas = atlas(true, N1, N2, N3);
    assertThat(atlas.damage(N2)).isTrue();
    assertThat(atlas.damage(N1)).isFalse();
    assertThat(atlas.damage(N3)).isFalse();
    assertThat(atlas.damage(N2)).as("it is lost already").isTrue();
    assertThat(atlas.lost()).containsExactly(N2);
  }

  @Test
  void theOnlyCopyIsNeverDamaged() {
    assertThat(atlas(true, N1).damage(N1)).isFalse();
    assertThat(atlas(true, N1, N2).damage(N1)).isFalse();
  }

  @Test
  void aConfigurationThatNamesTheNewStoreGivesTheBudgetBack() {
    FaultAtlas atlas = atlas(true, N1, N2, N3);
    assertThat(atlas.damage(N2)).isTrue();
    atlas.renamed(N2);
    assertThat(atlas.damage(N1)).isTrue();
    assertThat(atlas.damage(N2)).isFalse();
  }

  @Test
  void whoVotesAgainGivesTheBudgetBackUnlessItsCrashIsStillToCome() {
    FaultAtlas atlas = atlas(false, N1, N2, N3);
    atlas.plans(N2);
    atlas.votesAgain(node -> true);
    assertThat(atlas.mayCrash(N1)).as("n2 is to crash").isFalse();
    atlas.crashed(N2);
    assertThat(atlas.mayCrash(N1)).isTrue();
    atlas.votesAgain(node -> false);
    atlas.crashed(N1);
    assertThat(atlas.mayCrash(N2)).isFalse();
  }

  @Test
  void stableNodesMayAllCrash() {
    FaultAtlas atlas = atlas(true, N1, N2, N3);
    for (NodeId node : List.of(N1, N2, N3)) {
      assertThat(atlas.mayCrash(node)).isTrue();
      atlas.crashed(node);
    }
    assertThat(atlas.lost()).isEmpty();
  }

  @Test
  void whereVotesAreInMemoryOnlyAMinorityOfDistinctNodesCrashes() {
    FaultAtlas atlas = atlas(false, N1, N2, N3);
    assertThat(atlas.mayCrash(N1)).isTrue();
    atlas.crashed(N3);
    assertThat(atlas.mayCrash(N1)).isFalse();
    assertThat(atlas.mayCrash(N3)).isTrue();
    assertThat(atlas.damage(N3)).as("there is no store").isFalse();
  }
}
